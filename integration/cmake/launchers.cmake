# target + tripwire.yaml --(launch)--> the target's compiler and linker launchers, its link's inputs, the runtime
include_guard(GLOBAL)

# The words that start every launcher.
function(_tripwire_command config result)
  get_property(program GLOBAL PROPERTY _tripwire_program)
  get_property(plugins GLOBAL PROPERTY _tripwire_plugins_folder)
  get_property(include GLOBAL PROPERTY _tripwire_runtime_include)
  set(${result} "${program}" --config "${config}" --plugins-folder "${plugins}" --runtime-include "${include}" PARENT_SCOPE)
endfunction()

# \p target is compiled through tripwire-rewrite, in front of the launcher that it has (ccache). A program is linked
# through it, too, and links the runtime: there are the definitions of the seams.
function(_tripwire_launch target config)
  _tripwire_compile_through("${target}" "${config}")
  get_target_property(kind "${target}" TYPE)
  if(NOT kind STREQUAL "EXECUTABLE")
    return()
  endif()
  set_property(TARGET "${target}" APPEND PROPERTY LINK_LIBRARIES tripwire::runtime)
  _tripwire_command("${config}" command)
  foreach(language C CXX)
    _tripwire_existing_launcher("${target}" ${language}_LINKER_LAUNCHER existing)
    set_property(TARGET "${target}" PROPERTY ${language}_LINKER_LAUNCHER ${command} --link -- ${existing})
  endforeach()
  _tripwire_link_inputs("${config}" inputs)
  set_property(TARGET "${target}" APPEND PROPERTY LINK_DEPENDS ${inputs})
endfunction()

function(_tripwire_compile_through target config)
  _tripwire_command("${config}" command)
  foreach(language C CXX)
    _tripwire_existing_launcher("${target}" ${language}_COMPILER_LAUNCHER existing)
    set_property(TARGET "${target}" PROPERTY ${language}_COMPILER_LAUNCHER ${command} --compile -- ${existing})
  endforeach()
  if(TARGET tripwire-rewrite)
    add_dependencies("${target}" tripwire-rewrite)
  endif()
endfunction()

function(_tripwire_existing_launcher target property result)
  get_property(existing TARGET "${target}" PROPERTY ${property})
  set(${result} "${existing}" PARENT_SCOPE)
endfunction()

# What the definitions are made from besides the objects themselves: a change of these links again.
function(_tripwire_link_inputs config result)
  get_property(program GLOBAL PROPERTY _tripwire_program)
  get_property(plugins GLOBAL PROPERTY _tripwire_plugins_folder)
  get_property(include GLOBAL PROPERTY _tripwire_runtime_include)
  file(GLOB seam_files "${plugins}/*/seams.yaml")
  file(GLOB headers "${include}/tripwire/seam/*.hpp")
  set(${result} "${config}" "${program}" ${seam_files} ${headers} PARENT_SCOPE)
endfunction()
