# find_package(Tongka) gives the target Tongka::tongka. Some headers name types of these, which their Debian packages bring.
include(CMakeFindDependencyMacro)
find_dependency(tl-expected)
find_dependency(PkgConfig)
pkg_check_modules(BOTAN REQUIRED QUIET IMPORTED_TARGET botan-2)
pkg_check_modules(P11KIT REQUIRED QUIET IMPORTED_TARGET p11-kit-1)
include(${CMAKE_CURRENT_LIST_DIR}/TongkaTargets.cmake)
