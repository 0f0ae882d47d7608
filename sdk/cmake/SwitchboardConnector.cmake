# switchboard_add_connector(NAME
#   MANIFEST connector.json            the manifest; id, name, version and abi are checked here
#   SOURCES  connector.cpp …           C or C++
#   [ID id]                            defaults to NAME; must equal the manifest's id
#   [LIBRARIES …]                      static libraries only: a connector may need nothing but libc
#   [MIN_HOST_MINOR n]                 default 0
#   [SANDBOX_OPTIONS json]             for the conformance test
#   [SETTINGS json]                    settings for the conformance test, e.g. {"account_id":"…"}
#   [NO_INSTALL]                       build only, beside the other outputs of this folder (examples, tests)
# )
#
# Makes the module NAME.so in ${CMAKE_BINARY_DIR}/connectors/, to be installed below
# ${CMAKE_INSTALL_LIBDIR}/switchboard/connectors/, with the manifest and the ELF note inside, one exported symbol and
# no undefined symbol but libc's; registers the test conformance_NAME where tests are built.
# The CMake target is called connector_NAME.
include_guard(GLOBAL)
include(GNUInstallDirs)

function(switchboard_add_connector name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "NO_INSTALL" "ID;MANIFEST;MIN_HOST_MINOR;SETTINGS;SANDBOX_OPTIONS" "SOURCES;LIBRARIES")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "switchboard_add_connector(${name}): unknown arguments: ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  foreach(required MANIFEST SOURCES)
    if(NOT ARG_${required})
      message(FATAL_ERROR "switchboard_add_connector(${name}): ${required} is missing")
    endif()
  endforeach()
  if(NOT ARG_ID)
    set(ARG_ID ${name})
  endif()
  if(NOT ARG_MIN_HOST_MINOR)
    set(ARG_MIN_HOST_MINOR 0)
  endif()

  get_filename_component(manifest ${ARG_MANIFEST} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} json)
  foreach(key id name version)
    string(JSON manifest_${key} ERROR_VARIABLE error GET "${json}" ${key})
    if(error)
      message(FATAL_ERROR "${manifest}: ${key}: ${error}")
    endif()
  endforeach()
  if(NOT manifest_id STREQUAL ARG_ID)
    message(FATAL_ERROR "${manifest}: id is \"${manifest_id}\", switchboard_add_connector() says \"${ARG_ID}\"")
  endif()
  if(NOT manifest_id MATCHES "^[a-z0-9][a-z0-9_-]*$")
    message(FATAL_ERROR "${manifest}: id \"${manifest_id}\": only a-z, 0-9, '-' and '_'")
  endif()
  if(NOT manifest_version MATCHES "^[0-9]+\\.[0-9]+\\.[0-9]+([-+][0-9A-Za-z.+-]+)?$")
    message(FATAL_ERROR "${manifest}: version \"${manifest_version}\" is not MAJOR.MINOR.PATCH")
  endif()

  set(target connector_${name})
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.c)
  add_custom_command(
    OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DMANIFEST=${manifest} -DOUTPUT=${embedded} -DID=${manifest_id} -DVERSION=${manifest_version}
            -DMIN_HOST_MINOR=${ARG_MIN_HOST_MINOR} -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EmbedManifest.cmake
    DEPENDS ${manifest} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/EmbedManifest.cmake
    COMMENT "Embedding the manifest of ${name}" VERBATIM)

  add_library(${target} MODULE ${ARG_SOURCES} ${embedded})
  target_link_libraries(${target} PRIVATE switchboard::sdk ${ARG_LIBRARIES})
  if(TARGET switchboard::warnings)
    target_link_libraries(${target} PRIVATE switchboard::warnings)
  endif()
  target_compile_features(${target} PRIVATE cxx_std_20)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms in "text" + std::string (GCC bug 105651).
    target_compile_options(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
  endif()
  set_target_properties(${target} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} SUFFIX .so
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON
    LINK_DEPENDS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/connector.map)
  target_link_options(${target} PRIVATE LINKER:--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/connector.map LINKER:-z,now)
  # A sanitizer's runtime lives in the executable or in a shared library of its own, and wants the shared libstdc++.
  if(NOT SWITCHBOARD_SANITIZE AND NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize=")
    target_link_options(${target} PRIVATE LINKER:-z,defs -static-libgcc $<$<LINK_LANGUAGE:CXX>:-static-libstdc++>)
  endif()

  if(NOT ARG_NO_INSTALL)
    set_target_properties(${target} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/connectors)
    install(TARGETS ${target} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/switchboard/connectors)
  endif()

  if(BUILD_TESTING)
    set(tool)
    if(TARGET swb-conformance)
      set(tool $<TARGET_FILE:swb-conformance>)
    elseif(TARGET switchboard::swb-conformance)
      set(tool $<TARGET_FILE:switchboard::swb-conformance>)
    endif()
    if(tool)
      set(options)
      if(ARG_SETTINGS)
        list(APPEND options --settings ${ARG_SETTINGS})
      endif()
      if(ARG_SANDBOX_OPTIONS)
        list(APPEND options --sandbox-options ${ARG_SANDBOX_OPTIONS})
      endif()
      add_test(NAME conformance_${name} COMMAND ${tool} ${options} $<TARGET_FILE:${target}>)
    endif()
  endif()
endfunction()
