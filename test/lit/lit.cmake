# Registers a folder of lit cases as one ctest: tripwire_lit(rewrite). lit, FileCheck and split-file are LLVM's, found beside llvm-config.
include_guard(DIRECTORY)

find_program(TRIPWIRE_LLVM_CONFIG NAMES llvm-config-22 llvm-config)
set(llvm_bin "")
if(TRIPWIRE_LLVM_CONFIG)
  execute_process(COMMAND ${TRIPWIRE_LLVM_CONFIG} --bindir OUTPUT_VARIABLE llvm_bin OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
find_program(TRIPWIRE_LIT NAMES lit llvm-lit lit-22 HINTS ${llvm_bin} REQUIRED)
find_program(TRIPWIRE_FILECHECK NAMES FileCheck FileCheck-22 HINTS ${llvm_bin} REQUIRED)
find_program(TRIPWIRE_SPLIT_FILE NAMES split-file split-file-22 HINTS ${llvm_bin} REQUIRED)

# The users' compilers that the cases run with; a case does without those that are not there.
find_program(TRIPWIRE_GCC NAMES gcc)
find_program(TRIPWIRE_GXX NAMES g++)
find_program(TRIPWIRE_CLANG NAMES clang-22 clang)
find_program(TRIPWIRE_CLANGXX NAMES clang++-22 clang++)

set(TRIPWIRE_LIT_FOLDER ${CMAKE_CURRENT_LIST_DIR})

# What a program by hand compiles and links to use the runtime.
set(TRIPWIRE_RUNTIME_INCLUDE ${PROJECT_SOURCE_DIR}/runtime/include)
set(TRIPWIRE_RUNTIME_LINK
  $<TARGET_FILE:tripwire_runtime> $<TARGET_FILE:tripwire_config> -lyaml-cpp -ldw -pthread)
list(JOIN TRIPWIRE_RUNTIME_LINK " " TRIPWIRE_RUNTIME_LINK)

function(tripwire_lit name)
  set(site ${CMAKE_CURRENT_BINARY_DIR}/lit.site.cfg.py)
  set(cases ${CMAKE_CURRENT_SOURCE_DIR})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/cases)
  configure_file(${TRIPWIRE_LIT_FOLDER}/lit.site.cfg.py.in ${CMAKE_CURRENT_BINARY_DIR}/lit.site.cfg.py.in @ONLY)
  file(GENERATE OUTPUT ${site} INPUT ${CMAKE_CURRENT_BINARY_DIR}/lit.site.cfg.py.in)
  add_test(NAME ${name} COMMAND ${TRIPWIRE_LIT} -sv -j2 ${CMAKE_CURRENT_BINARY_DIR})
  set_tests_properties(${name} PROPERTIES LABELS lit TIMEOUT 1800 PROCESSORS 2)
endfunction()
