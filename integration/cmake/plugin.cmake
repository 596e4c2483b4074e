# tripwire_add_plugin(name ...) --> the library that tests link, and a manifest that the tool finds
#
#   tripwire_add_plugin(<name> [SOURCES <file>...] [HEADERS <file>...] [LIBRARIES <target>...] [MANIFEST <seams.yaml>])
#     The plugin is one folder of that name; its seams.yaml is the manifest. Makes the library `tripwire_<name>`, also
#     called `tripwire::<name>`, that links the runtime and LIBRARIES, what the plugin stands in front of. SOURCES are
#     src/*.cpp unless told, HEADERS include/tripwire/plugins/*.hpp. A plugin without sources is its manifest alone.
#     The sources may say `extern const tripwire::plugin::Manifest tripwire_manifest_<name>;`: tables of what the manifest
#     says of requests, schemes, states and safety.
#     One of the sources defines `extern "C" void tripwire_plugin_<name>() {}`: by it a program that never names the
#     plugin links it nevertheless.
#
#   tripwire_plugins_folder(<folder>)
#     The tool looks there, too: a folder that holds one folder for each plugin, each with its seams.yaml. For packages
#     that install plugins.
#
# Both may stand before or after tripwire_rewrite.
include_guard(GLOBAL)

define_property(TARGET PROPERTY TRIPWIRE_MANIFEST BRIEF_DOCS "The seams.yaml of the plugin that this library is")

function(tripwire_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 of "" "MANIFEST" "SOURCES;HEADERS;LIBRARIES")
  if(of_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "tripwire_add_plugin: unknown argument '${of_UNPARSED_ARGUMENTS}'; it takes <name> SOURCES, HEADERS, LIBRARIES and MANIFEST")
  endif()
  if(NOT of_MANIFEST)
    set(of_MANIFEST seams.yaml)
  endif()
  cmake_path(ABSOLUTE_PATH of_MANIFEST BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  cmake_path(GET of_MANIFEST PARENT_PATH folder)
  cmake_path(GET folder FILENAME folder_name)
  if(NOT EXISTS "${of_MANIFEST}")
    message(FATAL_ERROR "tripwire_add_plugin: plugin ${name} has no manifest '${of_MANIFEST}'; write it, or name it by MANIFEST")
  endif()
  if(NOT folder_name STREQUAL name)
    message(FATAL_ERROR "tripwire_add_plugin: the manifest of plugin ${name} is in a folder '${folder_name}'; a plugin is named as its folder, so move it to '${name}/seams.yaml'")
  endif()
  if(NOT of_SOURCES)
    file(GLOB of_SOURCES CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/*.cpp")
  endif()
  if(NOT of_HEADERS)
    file(GLOB of_HEADERS CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/include/tripwire/plugins/*.hpp")
  endif()
  cmake_path(GET folder PARENT_PATH plugins)
  tripwire_plugins_folder("${plugins}")

  set(target tripwire_${name})
  set(reach PUBLIC)
  if(of_SOURCES)
    set(tables "${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.cpp")
    add_custom_command(OUTPUT "${tables}" COMMAND tripwire::manifest "${of_MANIFEST}" "${tables}"
      DEPENDS "${of_MANIFEST}" tripwire::manifest COMMENT "tripwire: tables of ${name}/seams.yaml" VERBATIM)
    add_library(${target} STATIC ${of_SOURCES} "${tables}")
    # Tests link it as it is: what it calls is real.
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON TRIPWIRE_REWRITE OFF)
    target_link_options(${target} INTERFACE LINKER:--undefined=tripwire_plugin_${name})
  else()
    add_library(${target} INTERFACE)
    set(reach INTERFACE)
  endif()
  add_library(tripwire::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} TRIPWIRE_MANIFEST "${of_MANIFEST}")
  target_link_libraries(${target} ${reach} tripwire::runtime ${of_LIBRARIES})
  if(of_HEADERS)
    target_sources(${target} ${reach} FILE_SET HEADERS BASE_DIRS "${CMAKE_CURRENT_SOURCE_DIR}/include" FILES ${of_HEADERS})
  endif()
endfunction()

function(tripwire_plugins_folder folder)
  cmake_path(ABSOLUTE_PATH folder BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
  get_property(known GLOBAL PROPERTY _tripwire_plugins_folders)
  if(NOT folder IN_LIST known)
    set_property(GLOBAL APPEND PROPERTY _tripwire_plugins_folders "${folder}")
  endif()
endfunction()
