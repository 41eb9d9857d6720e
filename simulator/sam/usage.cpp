#include "simulator/sam/usage.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

struct PurposeInfo {
    Purpose purpose;
    Uses uses;
};
constexpr PurposeInfo purposes[] = {
    {Purpose::master_control, {}},
    {Purpose::purchase, {}},
    {Purpose::pin_unblock, {.mac = true, .encryption = true}},
    {Purpose::pin_reload, {.mac = true, .folded = true}},
    {Purpose::maintenance, {.mac = true, .encryption = true}},
    {Purpose::mac, {.mac = true}},
    {Purpose::encryption, {.encryption = true}},
    {Purpose::mac_and_encryption, {.mac = true, .encryption = true}},
    {Purpose::load, {}},
    {Purpose::tac, {.mac = true, .folded = true}},
    {Purpose::external, {.encryption = true}},
    {Purpose::internal, {.encryption = true}},
    {Purpose::mifare, {}},
};

struct KindInfo {
    std::string_view kind;
    Purpose purpose;
};
constexpr KindInfo kinds[] = {
    {"SCK", Purpose::master_control}, {"SMK", Purpose::maintenance},
    {"DPK", Purpose::purchase},       {"DPUK", Purpose::pin_unblock},
    {"DRPK", Purpose::pin_reload},    {"DAMK", Purpose::maintenance},
    {"DCMK", Purpose::maintenance},   {"MACK", Purpose::mac},
    {"ENCK", Purpose::encryption},    {"MEK", Purpose::mac_and_encryption},
    {"DLK", Purpose::load},           {"DTK", Purpose::tac},
    {"UK", Purpose::external},        {"IK", Purpose::internal},
    {"M1K", Purpose::mifare},
};

} // namespace

std::optional<Usage> usage_of(core::Byte byte) {
    const auto purpose = static_cast<Purpose>(byte & 0x1F);
    const unsigned levels = byte >> 5;
    if (levels > most_factors || std::ranges::find(purposes, purpose, &PurposeInfo::purpose) == std::end(purposes))
        return std::nullopt;
    return Usage{purpose, levels};
}

core::Byte usage_byte(Usage usage) {
    return static_cast<core::Byte>(usage.levels << 5 | static_cast<core::Byte>(usage.purpose));
}

bool is_own(Usage usage) {
    if (usage.levels != 0)
        return false;
    return usage.purpose == Purpose::master_control || usage.purpose == Purpose::maintenance ||
           usage.purpose == Purpose::external || usage.purpose == Purpose::internal;
}

Uses uses_of(Purpose purpose) {
    return std::ranges::find(purposes, purpose, &PurposeInfo::purpose)->uses;
}

std::optional<Purpose> purpose_of(std::string_view kind) {
    const auto found = std::ranges::find(kinds, kind, &KindInfo::kind);
    if (found == std::end(kinds))
        return std::nullopt;
    return found->purpose;
}

} // namespace tongka::simulator
