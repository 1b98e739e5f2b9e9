# Every library from outside, named once. Their headers count as system headers: our warnings are
# for our code.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(zip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(oath REQUIRED IMPORTED_TARGET liboath)

# Asio and Beast compiled once, so that everyone else only reads their declarations.
add_library(lango_asio STATIC ${CMAKE_SOURCE_DIR}/cmake/asio.cpp)
target_link_libraries(lango_asio PUBLIC Boost::headers Threads::Threads OpenSSL::SSL OpenSSL::Crypto)
target_compile_definitions(lango_asio PUBLIC BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_SEPARATE_COMPILATION
    BOOST_BEAST_SEPARATE_COMPILATION)
add_library(dep::asio ALIAS lango_asio)

function(dependency name)
    add_library(dep_${name} INTERFACE)
    target_link_libraries(dep_${name} INTERFACE ${ARGN})
    add_library(dep::${name} ALIAS dep_${name})
endfunction()
dependency(json Boost::json)
dependency(url Boost::url)
dependency(crypto OpenSSL::Crypto PkgConfig::sodium)
dependency(fmt fmt::fmt)
dependency(log spdlog::spdlog fmt::fmt)
dependency(cli CLI11::CLI11)
dependency(qr PkgConfig::qrencode)
dependency(oath PkgConfig::oath)
dependency(zip PkgConfig::zip)
dependency(zlib ZLIB::ZLIB)
dependency(xml PkgConfig::pugixml)
dependency(toml)
dependency(expected)
dependency(tz date-tz)
target_compile_definitions(dep_tz INTERFACE USE_OS_TZDB=1)
dependency(prometheus prometheus-cpp::core)

if(LANGO_TESTS)
    find_package(GTest REQUIRED)
    dependency(gtest GTest::gtest_main GTest::gmock)
    dependency(rapidcheck rapidcheck)
endif()

# SQLite's amalgamation, out of a package of the npm registry (tools/setup fetches it): every release
# before 3.51.3, Debian's too, has a bug that can corrupt a database in WAL mode.
set(SQLITE_DIR ${CMAKE_SOURCE_DIR}/third_party/sqlite/amalgamation)
if(NOT EXISTS ${SQLITE_DIR}/sqlite3.c)
    message(FATAL_ERROR "SQLite is missing: run ./run or ./test, or tools/setup alone")
endif()
file(STRINGS ${CMAKE_SOURCE_DIR}/third_party/sqlite/sqlite3.c.sha256 SQLITE_EXPECTED LIMIT_COUNT 1)
file(SHA256 ${SQLITE_DIR}/sqlite3.c SQLITE_FOUND)
if(NOT SQLITE_FOUND STREQUAL SQLITE_EXPECTED)
    message(FATAL_ERROR "third_party/sqlite/amalgamation/sqlite3.c is not the pinned one. Run tools/setup to "
        "fetch it again.\n  its SHA-256   ${SQLITE_FOUND}\n  the pinned one ${SQLITE_EXPECTED}")
endif()
add_library(dep_sqlite STATIC ${SQLITE_DIR}/sqlite3.c)
add_library(dep::sqlite ALIAS dep_sqlite)
target_include_directories(dep_sqlite SYSTEM PUBLIC ${SQLITE_DIR})
target_compile_options(dep_sqlite PRIVATE -O2 -w)
target_compile_definitions(dep_sqlite PRIVATE SQLITE_THREADSAFE=2 SQLITE_DEFAULT_MEMSTATUS=0
    SQLITE_DQS=0 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_MAX_EXPR_DEPTH=0 SQLITE_OMIT_DEPRECATED
    SQLITE_OMIT_SHARED_CACHE SQLITE_USE_ALLOCA SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_DEFAULT_FOREIGN_KEYS=0 SQLITE_ENABLE_DBSTAT_VTAB SQLITE_TEMP_STORE=2)
target_link_libraries(dep_sqlite PUBLIC Threads::Threads)
