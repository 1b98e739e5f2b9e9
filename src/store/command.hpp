// What waits for the store, type-erased.
#pragma once
#include <exception>

#include "store/tx.hpp"

namespace lango::store {

class Command {
  public:
    virtual ~Command() = default;
    virtual void run(Tx& tx) = 0;
    // Called once on the store's executor, after the commit or with what went wrong.
    virtual void done(std::exception_ptr error) = 0;
};

class Query {
  public:
    virtual ~Query() = default;
    virtual void run(Reader& reader) = 0;
    virtual void done(std::exception_ptr error) = 0;
};

}  // namespace lango::store
