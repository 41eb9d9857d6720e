#include "simulator/key_cards/line.hpp"

#include <botan/mem_ops.h>
#include <fmt/format.h>

#include "core/apdu.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;

std::string explained(core::StatusWord sw) {
    if ((sw & 0xFFF0) == 0x63C0)
        return fmt::format("refused ({:04X}), {} tries left", sw, sw & 0x0F);
    if (sw == 0x6983)
        return "refused (6983), no tries left";
    return fmt::format("the answer is {:04X}", sw);
}

} // namespace

core::Result<core::SecretBytes> ask_card(const Transmit& transmit, std::string_view card, std::string_view step,
                                         core::BytesView command, std::size_t size) {
    const auto failed = [&](std::string_view why) { return core::fail(fmt::format("{}: {}: {}", card, step, why)); };
    const auto exchange = [&](core::BytesView sent) -> core::Result<std::pair<core::SecretBytes, core::StatusWord>> {
        auto answer = transmit(sent);
        if (!answer)
            return failed(answer.error().message);
        const auto response = core::parse_response(*answer);
        if (!response)
            return failed(response.error().message);
        std::pair taken(core::SecretBytes(response->data.begin(), response->data.end()), response->sw);
        Botan::secure_scrub_memory(answer->data(), answer->size());
        return taken;
    };
    TONGKA_TRY(auto taken, exchange(command));
    if (taken.second >> 8 == 0x61) {
        TONGKA_TRY(taken, exchange(Bytes{0x00, 0xC0, 0x00, 0x00, static_cast<Byte>(taken.second)}));
    } else if (taken.second >> 8 == 0x6C && command.size() == 5) {
        Bytes again = core::to_bytes(command);
        again.back() = static_cast<Byte>(taken.second);
        TONGKA_TRY(taken, exchange(again));
    }
    if (taken.second != 0x9000)
        return failed(explained(taken.second));
    if (size != 0 && taken.first.size() != size)
        return failed(fmt::format("the answer has {} bytes, not {}", taken.first.size(), size));
    return std::move(taken.first);
}

} // namespace tongka::simulator
