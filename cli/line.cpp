#include "cli/line.hpp"

#include <array>

#include "core/random.hpp"

namespace tongka::cli {

simulator::Transmit line_to(harness::Device& device) {
    return [&device](core::BytesView command) {
        std::vector<harness::Exchange> tpdus;
        return harness::send_apdu(device, command, tpdus);
    };
}

std::uint64_t fresh_seed() {
    std::array<core::Byte, 7> bytes{}; // one short of 8: the seed is multiplied for each device
    core::SystemRandom().fill(bytes);
    return core::read_big_endian(bytes);
}

} // namespace tongka::cli
