#pragma once

#include <unistd.h>

namespace tongka::cli {

/// A file descriptor that is closed when it goes; -1 is none.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& from) noexcept : number_(from.number_) { from.number_ = -1; }
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number_ >= 0)
            ::close(number_);
    }

    [[nodiscard]] int get() const { return number_; }

private:
    int number_;
};

} // namespace tongka::cli
