#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/profile/keys.hpp"
#include "simulator/psam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t fixed_size = 12; // city 2, UID 4, issuing serial 2, authentication code 4; the sectors follow
constexpr std::size_t single_size = 16;
constexpr std::size_t most_sectors = 16;
constexpr std::size_t mifare_key_size = 6;

constexpr Reason unknown_key{0x6A88, "no key for Mifare cards has this id here", "standards.md 4.3 (inferred)"};
constexpr Reason wrong_code{0x6300, "the authentication code is not of a card of this city",
                            "standards.md 4.3 (inferred)"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &unknown_key, &wrong_code,
                                     &common::no_right};

/// Which sectors the data names. One source has a list behind the fixed data and 6 bytes of answer for each; the other
/// has 16 bytes and one key (rule m1-key-form; clauses.md J.7, standards.md 4.3).
std::optional<core::BytesView> sectors(const Psam& psam, core::BytesView data) {
    if (psam.rule(core::Rule::m1_key_form, "single"))
        return data.size() == single_size ? std::optional(data.subspan(fixed_size, 1)) : std::nullopt;
    if (data.size() <= fixed_size || data.size() > fixed_size + most_sectors)
        return std::nullopt;
    return data.subspan(fixed_size);
}

/// No public text says how the keys come about. The reading here (inferred, docs/decisions/0008): the key of the card
/// is the PSAM's, diversified by city and by UID ‖ serial ‖ 0000; the authentication code is its MAC over city, UID and
/// serial; the key of a sector the left 6 bytes of its encryption of UID ‖ serial ‖ sector ‖ 00.
Reply execute(Psam& psam, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0x01)
        return refuse(common::wrong_parameters);
    const auto data = command.data;
    const auto named = sectors(psam, data);
    if (!named)
        return refuse(common::wrong_lc);
    const auto master = psam.master({Purpose::mifare, 2}, command.p2);
    if (!master)
        return refuse(unknown_key);
    if (!psam.allows(master->use))
        return refuse(common::no_right);

    std::array<core::Byte, 8> of_card{};
    std::ranges::copy(data.subspan(2, 6), of_card.begin());
    const core::Cipher key(psam.derive(*master, {core::city_factor(data.first<2>(), psam.rules()), of_card}));
    const core::Mac code = core::transaction_mac(key, {data.first(8)});
    if (!core::mac_equals(code, data.subspan(8, 4)) && !psam.deviates(Deviation::psam_mifare_code_unchecked))
        return refuse(wrong_code);
    for (const core::Byte sector : *named) {
        std::array<core::Byte, 8> of_sector = of_card;
        of_sector[6] = psam.deviates(Deviation::psam_mifare_one_key) ? core::Byte{0} : sector;
        const core::Key made = core::diversify(key, of_sector);
        core::append(answer, made.bytes().first(mifare_key_size));
    }
    return success();
}

} // namespace

const Instruction calculate_mifare_key{"CALCULATE KEY", 0x80, 0xFC, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
