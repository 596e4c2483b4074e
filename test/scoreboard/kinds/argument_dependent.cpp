// kind: found by the argument's namespace
// seam: function: "board_adl::ship"
// mock: mock<&board_adl::ship>()
// wrap: _ZN9board_adl4shipENS_6ParcelE
// aspect: call("% board_adl::ship(...)")
//--- seam.h
namespace board_adl {
struct Parcel {
  int weight;
};
int ship(Parcel parcel);
} // namespace board_adl
//--- unit.cpp
#include "seam.h"
int run_argument_dependent() { return ship(board_adl::Parcel{1}); }
//--- real.cpp
#include "seam.h"
int board_adl::ship(Parcel parcel) { return parcel.weight; }
