#include "harness/actor/wrong_transmission.hpp"

#include <utility>

#include "core/apdu.hpp"

namespace tongka::harness {
namespace {

using enum ReaderDeviation;

core::Bytes altered(ReaderDeviation deviation, CardProtocol protocol, core::BytesView command) {
    auto sent = core::to_bytes(command);
    const auto parsed = core::parse_command(command);
    const bool has_le = parsed && parsed->ne;
    if (deviation == class_masked && !sent.empty())
        sent[0] &= 0xF0;
    if (protocol == CardProtocol::t1 && deviation == swallows_le && has_le)
        sent.pop_back();
    if (protocol == CardProtocol::t1 && deviation == adds_le && parsed && !has_le)
        sent.push_back(0x00);
    return sent;
}

/// 61xx and 6Cxx, as a reader follows them that thinks in APDUs.
core::Bytes followed(ReaderDeviation deviation, core::BytesView command, core::Bytes answer,
                     const std::function<core::Bytes(core::BytesView)>& card) {
    if (answer.size() != 2)
        return answer;
    if (deviation == follows_61 && answer[0] == 0x61)
        return card(core::Bytes{0x00, 0xC0, 0x00, 0x00, answer[1]});
    if (deviation == follows_6c && answer[0] == 0x6C && command.size() == 5) {
        auto again = core::to_bytes(command);
        again[4] = answer[1];
        return card(again);
    }
    if (deviation == wrong_6c && answer[0] == 0x6C)
        --answer[1];
    return answer;
}

} // namespace

core::Bytes transmit_wrongly(ReaderDeviation deviation, CardProtocol protocol, core::BytesView command,
                             const std::function<core::Bytes(core::BytesView)>& card) {
    if (deviation == lc_255_refused && command.size() >= 260)
        return {};
    const auto sent = altered(deviation, protocol, command);
    if (deviation == repeats_commands)
        card(sent);
    auto answer = card(sent);
    if (protocol == CardProtocol::t0)
        answer = followed(deviation, sent, std::move(answer), card);
    if (deviation == swaps_status_word && answer.size() >= 2)
        std::swap(answer[answer.size() - 2], answer[answer.size() - 1]);
    if (deviation == cuts_answers_at_255 && answer.size() > 255)
        answer.resize(255);
    if (deviation == loses_byte_at_256 && answer.size() == 258)
        answer.erase(answer.end() - 3);
    return answer;
}

} // namespace tongka::harness
