# tripwire_plugin_conformance(name SOURCES ... LIBRARIES ... CONFIG yaml) --> a program that proves the promises of a plugin, and its test
#
#   tripwire_plugin_conformance(<name> SOURCES <file>... LIBRARIES <target>... CONFIG <tripwire.yaml>)
#     One of the libraries is the plugin's, made by tripwire_add_plugin.
#     One of the sources has a `main` that returns `tripwire::conformance::run(subject, ...)`. The program is built twice:
#     what the first one prints, the lines that messages tell to paste, is compiled into the second one, which is the test.
#
# Does nothing when the option TRIPWIRE is off: in a program that is not rewritten nothing could be proved.
include_guard(GLOBAL)

function(tripwire_plugin_conformance name)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "CONFIG" "SOURCES;LIBRARIES")
  foreach(argument IN ITEMS SOURCES LIBRARIES CONFIG)
    if(NOT of_${argument})
      message(FATAL_ERROR "tripwire_plugin_conformance: ${argument} is missing; it takes <name> SOURCES <file>... LIBRARIES <target>... CONFIG <file>")
    endif()
  endforeach()
  if(DEFINED TRIPWIRE AND NOT TRIPWIRE)
    return()
  endif()
  set(manifest "")
  foreach(library IN LISTS of_LIBRARIES)
    if(TARGET ${library} AND NOT manifest)
      get_target_property(manifest ${library} TRIPWIRE_MANIFEST)
    endif()
  endforeach()
  if(NOT manifest)
    message(FATAL_ERROR "tripwire_plugin_conformance: none of the LIBRARIES of '${name}' is a plugin; name the target that tripwire_add_plugin has made")
  endif()
  cmake_path(ABSOLUTE_PATH of_CONFIG BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
  set(pasted ${CMAKE_CURRENT_BINARY_DIR}/${name}_pasted.cpp)
  add_executable(${name}_lines ${of_SOURCES})
  add_custom_command(OUTPUT ${pasted} DEPENDS ${name}_lines VERBATIM COMMAND ${name}_lines --lines ${pasted})
  add_executable(${name} ${pasted} $<TARGET_OBJECTS:${name}_lines>)
  foreach(program IN ITEMS ${name}_lines ${name})
    target_link_libraries(${program} PRIVATE ${of_LIBRARIES})
    target_compile_options(${program} PRIVATE -g2) # messages say where calls are
    tripwire_rewrite(${program} CONFIG ${of_CONFIG})
  endforeach()
  add_test(NAME ${name} COMMAND ${name} --manifest ${manifest})
endfunction()
