#include "core/crypto/derivation.hpp"
#include "simulator/sam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t serial_size = 4;

constexpr Reason unknown_key{0x6A88, "no key has this usage and id", "standards.md 4.3"};
constexpr Reason unknown_key_index{0x9403, "no key has this usage and id", "standards.md 4.3"};
constexpr Reason wrong_factors{0x6700, "the data is not one factor of 8 bytes a level", "standards.md 4.3"};
constexpr Reason not_for_this{0x6985, "DES CRYPT does nothing with a key of this purpose",
                              "standards.md 4.3 (inferred)"};
constexpr const Reason* reasons[] = {&unknown_key, &unknown_key_index, &wrong_factors, &not_for_this,
                                     &common::no_right};

/// P1 usage, P2 id, one factor of 8 bytes a level: card first, city last (standards.md 4.3, 12; clauses.md F).
Reply execute(Sam& sam, const core::Command& command, core::Bytes&) {
    sam.temporary().reset();
    const Reason& unknown = sam.rule(core::Rule::sam_unknown_key, "6A88") ? unknown_key : unknown_key_index;
    const auto usage = usage_of(command.p1);
    const auto key = usage ? sam.master(*usage, command.p2) : std::nullopt;
    if (!key)
        return refuse(unknown);
    if (command.data.size() != usage->levels * factor_size)
        return refuse(wrong_factors);
    if (!sam.allows(key->use))
        return refuse(common::no_right);
    const Uses uses = uses_of(usage->purpose);
    if (!uses.mac && !uses.encryption && usage->purpose != Purpose::load)
        return refuse(not_for_this);
    Factors factors = sam.factors(command.data);
    if (sam.deviates(Deviation::sam_factor_skipped) && !factors.empty())
        factors.pop_back();
    core::Key derived = sam.derive(*key, factors);
    if (uses.folded && !sam.deviates(Deviation::sam_key_not_folded))
        derived = core::tac_key(derived);
    if (sam.deviates(Deviation::sam_key_halved) || sam.deviates(Deviation::isam_key_halved))
        derived = halved(derived);
    if (const auto file = sam.counter_file(); file && sam.deviates(Deviation::sam_key_moves_counter)) {
        Transaction transaction(sam.memory());
        transaction.write_number(sam.files().at(*file).body, serial_size,
                                 core::read_big_endian(sam.files().content(*file).first(serial_size)) + 1);
        (void)transaction.commit();
    }
    sam.temporary().emplace(TemporaryKey{.cipher = core::Cipher(derived), .purpose = usage->purpose});
    return success();
}

} // namespace

const Instruction init_for_descrypt{"INIT_FOR_DESCRYPT", 0x80, 0x1A, {}, on<Sam, execute>, reasons};

} // namespace tongka::simulator
