# How the plugins of this project are tested. Each function belongs to the plugin in whose folder it is called.
#
#   tripwire_plugin_test(<program> SOURCES <file>... [CONFIG <tripwire.yaml>] [LIBRARIES <target>...] [PREFIX <prefix>] [WHOLE])
#     Tests with GoogleTest, which see the plugin's src, and PLUGIN_FOLDER, the folder of all plugins. Rewritten where CONFIG is told. WHOLE: one
#     process runs all of them.
#   tripwire_plugin_client(<library> SOURCES <file>... [LIBRARIES <target>...])
#     Code that uses the plugin's library, as a user's would. The rewritten programs that link it share what is compiled of it.
#   tripwire_plugin_foreign(<library> SOURCES <file>... [LIBRARIES <target>...])
#     What is never rewritten: servers, and counters of what really happens.
#   tripwire_plugin_promises(<program> SOURCES <file>... CONFIG <tripwire.yaml> [LIBRARIES <target>...])
#     tripwire_plugin_conformance, for a program that sees the plugin's src.
find_package(GTest REQUIRED)
find_package(Threads REQUIRED)
include(GoogleTest)

# The tests of the plugin in \p folder: test/CMakeLists.txt, where it is; and, where there is a tool, those of the folders in test/, and the
# example, whose programs are rewritten.
function(tripwire_add_plugin_tests folder)
  set(parts ${folder}/test/CMakeLists.txt)
  if(TRIPWIRE_TOOL OR TRIPWIRE_PROGRAM)
    file(GLOB rewritten CONFIGURE_DEPENDS ${folder}/test/*/CMakeLists.txt)
    list(APPEND parts ${rewritten} ${folder}/example/CMakeLists.txt)
  endif()
  foreach(part IN LISTS parts)
    if(EXISTS ${part})
      cmake_path(GET part PARENT_PATH part)
      add_subdirectory(${part})
    endif()
  endforeach()
endfunction()

function(_tripwire_plugin_here result)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY ${PROJECT_SOURCE_DIR}/plugins OUTPUT_VARIABLE folder)
  string(REGEX REPLACE "/.*" "" name "${folder}")
  set(${result} ${name} PARENT_SCOPE)
endfunction()

function(tripwire_plugin_test program)
  cmake_parse_arguments(PARSE_ARGV 1 of "WHOLE" "CONFIG;PREFIX" "SOURCES;LIBRARIES")
  _tripwire_plugin_here(plugin)
  add_executable(${program} ${of_SOURCES})
  target_include_directories(${program} PRIVATE ${PROJECT_SOURCE_DIR}/plugins/${plugin}/src)
  target_compile_definitions(${program} PRIVATE PLUGIN_FOLDER="${PROJECT_SOURCE_DIR}/plugins")
  target_link_libraries(${program} PRIVATE tripwire_${plugin} ${of_LIBRARIES} GTest::gtest GTest::gtest_main Threads::Threads tripwire_warnings)
  if(of_CONFIG)
    target_compile_options(${program} PRIVATE -g) # messages say where calls are
    tripwire_rewrite(${program} CONFIG ${of_CONFIG})
  endif()
  if(NOT of_PREFIX)
    set(of_PREFIX ${plugin})
  endif()
  if(of_WHOLE)
    add_test(NAME ${of_PREFIX}.${program} COMMAND ${program})
  else()
    gtest_discover_tests(${program} TEST_PREFIX ${of_PREFIX}. DISCOVERY_TIMEOUT 60)
  endif()
endfunction()

function(tripwire_plugin_client library)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "" "SOURCES;LIBRARIES")
  _tripwire_plugin_here(plugin)
  add_library(${library} OBJECT EXCLUDE_FROM_ALL ${of_SOURCES})
  set_target_properties(${library} PROPERTIES TRIPWIRE_REWRITE ON) # nothing else in tripwire's own folders is
  target_compile_options(${library} PRIVATE -g)
  target_link_libraries(${library} PUBLIC tripwire_${plugin} ${of_LIBRARIES} PRIVATE tripwire_warnings)
endfunction()

function(tripwire_plugin_foreign library)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "" "SOURCES;LIBRARIES")
  add_library(${library} STATIC ${of_SOURCES})
  target_link_libraries(${library} PUBLIC ${of_LIBRARIES} PRIVATE ${CMAKE_DL_LIBS} Threads::Threads tripwire_warnings)
  set_target_properties(${library} PROPERTIES TRIPWIRE_REWRITE OFF)
endfunction()

function(tripwire_plugin_promises program)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "CONFIG" "SOURCES;LIBRARIES")
  _tripwire_plugin_here(plugin)
  tripwire_plugin_conformance(${program} CONFIG ${of_CONFIG} SOURCES ${of_SOURCES}
    LIBRARIES tripwire_${plugin} ${of_LIBRARIES} tripwire_warnings)
  foreach(each IN ITEMS ${program}_lines ${program})
    if(TARGET ${each})
      target_include_directories(${each} PRIVATE ${PROJECT_SOURCE_DIR}/plugins/${plugin}/src)
    endif()
  endforeach()
endfunction()
