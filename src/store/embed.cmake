# Writes OUT, a .cpp with the texts of the migrations and of volatile.sql:
#   cmake -DOUT=.. -DFOLDER=.. "-DNAMES=0001_name;0002_name" -P embed.cmake
set(list "")
set(number 0)
foreach(name IN LISTS NAMES)
    math(EXPR number "${number} + 1")
    if(NOT name MATCHES "^0*${number}_(.+)$")
        message(FATAL_ERROR "migration ${number} is named ${name}: numbers have no gaps")
    endif()
    set(title ${CMAKE_MATCH_1})
    file(READ ${FOLDER}/migrations/${name}.sql sql)
    string(APPEND list "    Migration{${number}, \"${title}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(READ ${FOLDER}/volatile.sql volatile)
file(WRITE ${OUT} "// Made by embed.cmake.
#include <array>

#include \"store/migrations.hpp\"

namespace lango::store {

namespace {

constexpr std::array list{
${list}};

}  // namespace

std::span<const Migration> migrations() { return list; }
std::string_view volatile_schema() { return R\"sql(${volatile})sql\"; }

}  // namespace lango::store
")
