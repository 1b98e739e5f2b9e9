#include "simulator/main_program.hpp"

int main(int argc, char** argv) { return lango::simulator::run_simulator(argc, argv); }
