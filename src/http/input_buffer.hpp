// Bytes received and not yet read: one block that grows up to a maximum and shrinks again, because
// a server with 20 000 idle connections pays for every kilobyte 20 000 times.
#pragma once
#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace lango::http {

class InputBuffer {
  public:
    InputBuffer(std::size_t size_min, std::size_t size_max)
        : size_min_(size_min), size_max_(size_max) {}

    [[nodiscard]] std::string_view view() const { return {block_.get() + begin_, end_ - begin_}; }
    [[nodiscard]] bool empty() const { return begin_ == end_; }

    // Where the next bytes go; empty only when size_max bytes wait to be consumed.
    [[nodiscard]] std::span<char> space() {
        if (!block_) resize(size_min_);
        if (end_ == size_) {
            if (begin_ > 0) {
                compact();
            } else if (size_ < size_max_) {
                resize(std::min(size_ * 2, size_max_));
            }
        }
        return {block_.get() + end_, size_ - end_};
    }
    void commit(std::size_t count) { end_ += count; }
    void consume(std::size_t count) {
        begin_ += count;
        if (begin_ == end_) begin_ = end_ = 0;
    }
    // For a long body: fewer, larger reads.
    void widen() {
        if (size_ < size_max_) resize(size_max_);
    }
    void shrink() {
        if (empty() && size_ > size_min_) {
            block_.reset();
            size_ = 0;
        }
    }

  private:
    void compact() {
        std::memmove(block_.get(), block_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    void resize(std::size_t size) {
        auto block = std::make_unique_for_overwrite<char[]>(size);
        if (!empty()) std::memcpy(block.get(), block_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        block_ = std::move(block);
        size_ = size;
    }

    std::size_t size_min_;
    std::size_t size_max_;
    std::unique_ptr<char[]> block_;
    std::size_t size_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace lango::http
