#include "simulator/virtual_reader/descriptor.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <unistd.h>

namespace tongka::simulator {

void Descriptor::close() {
    if (number_ >= 0)
        ::close(std::exchange(number_, -1));
}

tl::unexpected<core::Error> fail_with_errno(std::string_view what) {
    auto why = std::error_code(errno, std::generic_category()).message();
    return core::fail(std::string(what) + ": " + why);
}

} // namespace tongka::simulator
