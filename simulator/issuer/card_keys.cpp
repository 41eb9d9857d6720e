#include "simulator/issuer/card_keys.hpp"

#include <algorithm>

#include "simulator/chip/pin.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;

constexpr Byte anyone = 0xF0;
constexpr Byte after_master_control = 0xAA;
constexpr Byte never = 0xEF;
constexpr Byte master_state = 0xAA;
constexpr Byte pin_state = 0x01;
constexpr Byte authenticated_state = 0x02;
constexpr Byte three_tries = 0x33;
constexpr std::size_t stored_pin = 8;

/// How a kind of key of the profile is written; a kind may stand under several types.
struct Kind {
    std::string_view name;
    Directory directory;
    Byte type;
    bool counts_tries; ///< the header ends in a try counter, and not in version and algorithm
    Byte next_state;   ///< of keys with tries
};
constexpr Kind kinds[] = {
    {"DCCK", Directory::master, 0x39, true, master_state},
    {"DCMK", Directory::master, 0x36, true, 0xFF},
    {"DACK", Directory::application, 0x39, true, master_state},
    {"DAMK", Directory::application, 0x36, true, 0xFF},
    {"DPUK", Directory::application, 0x37, true, 0xFF},
    {"DRPK", Directory::application, 0x38, true, 0xFF},
    {"UK", Directory::application, 0x39, true, authenticated_state},
    {"IK", Directory::application, 0x30, false, 0},
    {"IK", Directory::application, 0x31, false, 0},
    {"IK", Directory::application, 0x32, false, 0},
    {"DTK", Directory::application, 0x34, false, 0},
    {"DUK", Directory::application, 0x3C, false, 0},
    {"DULK", Directory::application, 0x3D, false, 0},
    {"DPK", Directory::application, 0x3E, false, 0},
    {"DLK", Directory::application, 0x3F, false, 0},
};

WrittenKey written(const core::NamedKey& key, const Kind& kind) {
    const bool closes = kind.type == 0x39 && kind.next_state == master_state;
    const Byte fourth = kind.counts_tries ? kind.next_state : key.version;
    const Byte fifth = kind.counts_tries ? three_tries : static_cast<Byte>(key.key.algorithm());
    return {.id = key.index,
            .header = {kind.type, anyone, after_master_control, fourth, fifth},
            .value = core::to_bytes(key.key.bytes()),
            .closes = closes};
}

} // namespace

std::vector<WrittenKey> keys_of(const core::CardProfile& profile, Directory directory) {
    std::vector<WrittenKey> keys;
    for (const Kind& kind : kinds)
        for (const core::NamedKey& key : profile.keys)
            if (kind.directory == directory && key.kind == kind.name)
                keys.push_back(written(key, kind));
    if (directory == Directory::application) {
        const auto tries = static_cast<Byte>(profile.pin_tries << 4 | profile.pin_tries);
        keys.push_back({.id = 0x00,
                        .header = {0x3A, anyone, never, pin_state, tries},
                        .value = filled_pin(profile.pin, stored_pin),
                        .closes = false});
    }
    return keys;
}

const core::NamedKey* maintenance_key(const core::CardProfile& profile, Directory directory, Byte id) {
    return core::find_key(profile.keys, directory == Directory::master ? "DCMK" : "DAMK", id);
}

} // namespace tongka::simulator
