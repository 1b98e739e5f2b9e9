# lango_web(APP SOURCES ...)  the pages of web/APP, type-checked, built by Vite and embedded in a
#     library lango_web_APP (alias lango::web_APP). SOURCES: every file of web/APP.
#
# In C++:
#     #include "web/APP.hpp"            // std::span<const http::Asset> lango::web::APP()
#     #include "http/asset.hpp"         // find_asset(), asset_response(): ETag, gzip, caching
#
# With an index.html, web/APP is a page, and its scripts are named by it ("assets/index-HASH.js").
# Without, it is the script and the sheet of a page that a server writes: web/APP/main.ts (which may
# import a sheet: import './main.css') becomes "APP.js" and "APP.css", with these names.
# A new app needs web/APP/tsconfig.json: {"extends": "../tsconfig.json", "include": ["."]}, a line
#     lango_web(window SOURCES main.ts main.css tsconfig.json)
# in web/CMakeLists.txt, and lango::web_window in the DEPS of the library that serves it.
#
# The packages come from npm when the lock file has changed (web/install, which tools/setup calls
# too); everything else needs no network.
find_program(NODE node REQUIRED)
set(LANGO_WEB ${CMAKE_SOURCE_DIR}/web)

add_custom_command(
    OUTPUT ${CMAKE_BINARY_DIR}/web/installed
    COMMAND ${LANGO_WEB}/install
    COMMAND ${CMAKE_COMMAND} -E touch ${CMAKE_BINARY_DIR}/web/installed
    DEPENDS ${LANGO_WEB}/install ${LANGO_WEB}/package.json ${LANGO_WEB}/package-lock.json
    COMMENT "Packages of web/"
    VERBATIM)
add_custom_target(web_packages DEPENDS ${CMAKE_BINARY_DIR}/web/installed)

function(lango_web app)
    cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
    list(TRANSFORM ARG_SOURCES PREPEND ${LANGO_WEB}/${app}/)
    set(folder ${CMAKE_BINARY_DIR}/web/include/web)
    add_custom_command(
        OUTPUT ${folder}/${app}.cpp ${folder}/${app}.hpp
        COMMAND ${NODE} ${LANGO_WEB}/build.mjs ${app} ${folder}
        DEPENDS ${ARG_SOURCES} ${LANGO_WEB}/build.mjs ${LANGO_WEB}/bundle.mjs ${LANGO_WEB}/tsconfig.json
                ${CMAKE_BINARY_DIR}/web/installed web_packages
        COMMENT "web/${app}"
        VERBATIM)
    add_library(lango_web_${app} STATIC ${folder}/${app}.cpp ${folder}/${app}.hpp)
    add_library(lango::web_${app} ALIAS lango_web_${app})
    target_compile_options(lango_web_${app} PRIVATE -w)
    target_include_directories(lango_web_${app} PUBLIC ${CMAKE_BINARY_DIR}/web/include)
    target_link_libraries(lango_web_${app} PUBLIC lango::http)
endfunction()
