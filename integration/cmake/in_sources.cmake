# tripwire_rewrite and its like for this project and for those that add its sources: the tool and the rooms are here
set(TRIPWIRE_PROGRAM "" CACHE FILEPATH "A tripwire-rewrite that is built already: for TRIPWIRE_TOOL=OFF, as when building for another machine")
if(TRIPWIRE_TOOL)
  set_property(GLOBAL PROPERTY _tripwire_program ${PROJECT_BINARY_DIR}/bin/tripwire-rewrite)
elseif(TRIPWIRE_PROGRAM)
  set_property(GLOBAL PROPERTY _tripwire_program ${TRIPWIRE_PROGRAM})
endif()
set_property(GLOBAL PROPERTY _tripwire_runtime_include ${PROJECT_SOURCE_DIR}/runtime/include)
set_property(GLOBAL APPEND PROPERTY _tripwire_own_rooms
  ${PROJECT_SOURCE_DIR}/runtime
  ${PROJECT_SOURCE_DIR}/tool
  ${PROJECT_SOURCE_DIR}/plugins)
include(${CMAKE_CURRENT_LIST_DIR}/tripwire.cmake)
tripwire_plugins_folder(${PROJECT_SOURCE_DIR}/plugins)
