# `cpack -G DEB` in the build folder: two packages, the program with its connectors and the SDK for authors of others.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME switchboard)
set(CPACK_PACKAGE_CONTACT "Switchboard maintainers <maintainers@switchboard.invalid>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL switchboard sdk)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

set(CPACK_DEBIAN_SWITCHBOARD_PACKAGE_NAME switchboard)
set(CPACK_DEBIAN_SWITCHBOARD_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_SWITCHBOARD_PACKAGE_DEPENDS ca-certificates)  # beside the libraries; without them no vendor can be told from an impostor
set(CPACK_DEBIAN_SWITCHBOARD_PACKAGE_SUGGESTS switchboard-sdk)
set(CPACK_COMPONENT_SWITCHBOARD_DESCRIPTION "carries contact lists into vendor platforms
 Reads any contact file, maps its columns to the vendor's fields, sends, survives
 faults, and reports what became of every row.")

set(CPACK_DEBIAN_SDK_PACKAGE_NAME switchboard-sdk)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_SDK_PACKAGE_RECOMMENDS "cmake, g++ | c++-compiler")
set(CPACK_COMPONENT_SDK_DESCRIPTION "for authors of Switchboard connectors
 Headers, kit, manifest schema, template, and the judge of a finished connector.")
include(CPack)
