// The name that a command gives what it asks for, before it asks: an answer that is lost can be
// asked for again under the same name, and nothing is done twice.
#pragma once
#include <string>

namespace lango::cli {

// Makes one where the person gave none, and says on standard error how to ask again with it.
void make_retry_key(std::string& key, const char* flag);

}  // namespace lango::cli
