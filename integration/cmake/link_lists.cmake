# a property's text --(names)--> the targets it names --(substitute)--> the same text with other names
#
# A link list is text: plain items, aliases, and generator expressions around them ($<LINK_ONLY:...>,
# $<$<CONFIG:Debug>:...>, the directory marks ::@(...) that CMake adds). These functions read it word by word, so that no form
# of expression needs a case of its own.
include_guard(GLOBAL)

# The words of \p text that read like the name of a target, whether or not one is visible here.
function(_tripwire_words_in text result)
  set(found "")
  while(NOT text STREQUAL "")
    if(text MATCHES "^([A-Za-z0-9_.+/~-]+(::[A-Za-z0-9_.+-]+)*)(.*)$")
      list(APPEND found "${CMAKE_MATCH_1}")
      set(text "${CMAKE_MATCH_3}")
    else()
      string(SUBSTRING "${text}" 1 -1 text)
    endif()
  endwhile()
  list(REMOVE_DUPLICATES found)
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# The targets that \p text names, each once, aliases resolved.
function(_tripwire_targets_named_in text result)
  _tripwire_words_in("${text}" words)
  set(found "")
  foreach(word IN LISTS words)
    _tripwire_real_name("${word}" name)
    if(name)
      list(APPEND found "${name}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES found)
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

# \p text in which each library of the list \p libraries, under any of its names, is replaced by its twin for \p hash.
function(_tripwire_substitute text libraries hash result)
  set(out "")
  while(NOT text STREQUAL "")
    if(text MATCHES "^([A-Za-z0-9_.+/~-]+(::[A-Za-z0-9_.+-]+)*)(.*)$")
      set(word "${CMAKE_MATCH_1}")
      set(text "${CMAKE_MATCH_3}")
      _tripwire_real_name("${word}" name)
      if(name AND name IN_LIST libraries)
        _tripwire_twin_name("${name}" "${hash}" word)
      endif()
      string(APPEND out "${word}")
    else()
      string(SUBSTRING "${text}" 0 1 character)
      string(APPEND out "${character}")
      string(SUBSTRING "${text}" 1 -1 text)
    endif()
  endwhile()
  set(${result} "${out}" PARENT_SCOPE)
endfunction()

# The target that \p word names, aliases resolved; empty when it names none.
function(_tripwire_real_name word result)
  set(name "")
  if(TARGET "${word}")
    set(name "${word}")
    get_target_property(aliased "${word}" ALIASED_TARGET)
    if(aliased)
      set(name "${aliased}")
    endif()
  endif()
  set(${result} "${name}" PARENT_SCOPE)
endfunction()
