#include "cli/line.hpp"

namespace tongka::cli {

simulator::Line line_to(harness::Device& device) {
    return [&device](core::BytesView command) {
        std::vector<harness::Exchange> tpdus;
        return harness::send_apdu(device, command, tpdus);
    };
}

} // namespace tongka::cli
