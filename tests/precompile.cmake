# Gives every C++ target of the tree one precompiled header: the standard headers that most files include. By hand, since
# CMake's REUSE_FROM wants a header for each folder; three of them, since clang takes none that was made for another
# visibility, or for libraries where a program is compiled.
set(headers algorithm array atomic charconv chrono condition_variable cstdint cstring deque filesystem fstream functional iterator
            map memory mutex optional random set span sstream stdexcept string string_view thread unordered_map unordered_set
            utility variant vector)
list(TRANSFORM headers REPLACE "(.+)" "#include <\\1>\n")
string(JOIN "" text ${headers})
set(precompiled ${CMAKE_BINARY_DIR}/precompiled)
file(CONFIGURE OUTPUT ${precompiled}/standard.h CONTENT "${text}")
separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_DEBUG}")
get_directory_property(options COMPILE_OPTIONS)
set(options_program -fPIE)
set(options_library -fPIC)
set(options_hidden -fPIC -fvisibility=hidden)
foreach(kind program library hidden)
  add_custom_command(OUTPUT ${precompiled}/${kind}.pch DEPENDS ${precompiled}/standard.h
                     COMMAND ${CMAKE_CXX_COMPILER} ${flags} ${options} ${options_${kind}} -std=c++20 -Xclang -fno-pch-timestamp
                             -fpch-instantiate-templates -x c++-header ${precompiled}/standard.h -o ${precompiled}/${kind}.pch)
  list(APPEND files ${precompiled}/${kind}.pch)
endforeach()
add_custom_target(precompiled DEPENDS ${files})

function(precompile_targets_of folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target ${targets})
    get_target_property(type ${target} TYPE)
    get_target_property(own_options ${target} COMPILE_OPTIONS)
    # Those that are compiled with a sanitizer more (the fuzzers) cannot take it.
    if(type MATCHES "EXECUTABLE|(STATIC|MODULE|OBJECT)_LIBRARY" AND NOT own_options MATCHES "-fsanitize")
      get_target_property(visibility ${target} CXX_VISIBILITY_PRESET)
      if(type STREQUAL "EXECUTABLE")
        set(kind program)
      elseif(visibility STREQUAL "hidden")
        set(kind hidden)
      else()
        set(kind library)
      endif()
      set(file ${CMAKE_BINARY_DIR}/precompiled/${kind}.pch)
      target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp -include-pch ${file} -Wno-macro-redefined>)
      add_dependencies(${target} precompiled)
    endif()
  endforeach()
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(sub ${folders})
    precompile_targets_of(${sub})
  endforeach()
endfunction()
precompile_targets_of(${CMAKE_SOURCE_DIR})
