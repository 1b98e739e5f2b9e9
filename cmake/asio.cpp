// The parts of Asio that need be compiled only once. Those of Beast: src/http/beast.cpp.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
