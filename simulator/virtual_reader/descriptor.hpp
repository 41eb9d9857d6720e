#pragma once

#include <string_view>
#include <utility>

#include "core/result.hpp"

namespace tongka::simulator {

/// A file descriptor that is closed once.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() { close(); }

    [[nodiscard]] int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }
    void close();

private:
    int number_ = -1;
};

/// An Error that says `what` and why, from errno: `connect to 127.0.0.1:35963: Connection refused`.
[[nodiscard]] tl::unexpected<core::Error> fail_with_errno(std::string_view what);

} // namespace tongka::simulator
