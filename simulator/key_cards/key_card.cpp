#include "simulator/key_cards/key_card.hpp"

#include "core/hex.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

constexpr std::size_t information_size = 11;

/// As that of a SAM (standards.md 2.1), with the type of card for a serial number.
std::vector<Appearance> faces_of(KeyCardType type) {
    return {{Protocol::t0,
             core::concatenate(
                 {"3B6D00000081544B018660"_hex, core::Bytes{static_cast<core::Byte>(type)}, "0000000000"_hex}),
             {}}};
}

const InstructionSet& while_open() {
    static const InstructionSet set(
        {&select, &create_file, &write_key, &update_binary, &get_challenge, &external_authentication, &close_card});
    return set;
}

} // namespace

core::Rules key_card_rules(core::Algorithm algorithm) {
    core::Rules rules;
    (void)rules.set("challenge-length", "8");
    if (algorithm == core::Algorithm::sm4)
        (void)rules.set("maintenance-algorithm", "sm4");
    return rules;
}

KeyCard::KeyCard(KeyCardType type, core::Algorithm algorithm, std::unique_ptr<core::Random> random)
    : SmartCard(faces_of(type), key_card_rules(algorithm), {}, std::move(random)), algorithm_(algorithm) {}

bool KeyCard::closed() const {
    const auto life = files().has_master_file() ? file(key_card::life_file) : std::nullopt;
    return life && files().content(*life).front() != 0;
}

bool KeyCard::has_information() const {
    const auto information = file(key_card::information_file);
    return information && files().content(*information).size() == information_size;
}

Reply KeyCard::perform(const core::Command& command, core::Bytes& answer) {
    return (closed() ? in_service() : while_open()).dispatch(*this, command, answer);
}

} // namespace tongka::simulator
