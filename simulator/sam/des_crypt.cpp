#include <algorithm>

#include "simulator/sam/commands.hpp"

namespace tongka::simulator {
namespace {

/// P1 of DES CRYPT (standards.md 4.3, 12).
enum Mode : core::Byte {
    last_encryption = 0x00,
    last_mac = 0x01,
    encryption = 0x02,
    next_mac = 0x03,
    single_mac = 0x05,
    first_mac = 0x07,
    last_decryption = 0x80,
};
constexpr core::Byte modes[] = {last_encryption, last_mac,  encryption,     next_mac,
                                single_mac,      first_mac, last_decryption};

constexpr std::size_t mac_size = 4;

constexpr Reason no_key{0x6985, "no INIT_FOR_DESCRYPT stands before it", "standards.md 4.3"};
constexpr Reason wrong_purpose{0x6985, "the key is not for this", "standards.md 4.3"};
constexpr Reason no_mac_begun{0x6985, "no first block of a MAC stands before it", "standards.md 4.3"};
constexpr Reason mac_begun{0x6985, "a MAC is under way", "standards.md 4.3 (inferred)"};
constexpr Reason not_whole_blocks{0x6700, "the data is not whole blocks", "standards.md 4.3"};
constexpr const Reason* reasons[] = {
    &common::wrong_parameters, &no_key,          &wrong_purpose, &no_mac_begun, &mac_begun,
    &not_whole_blocks,         &common::wrong_le};

bool makes_mac(core::Byte mode) {
    return mode == last_mac || mode == next_mac || mode == single_mac || mode == first_mac;
}

/// CBC over whole blocks; the caller pads (standards.md 12: its data ends in 80 00). The last block of a 3DES key takes
/// all of it, as in every MAC of secure messaging (standards.md 5.1).
void chain(const core::Cipher& cipher, std::array<core::Byte, 16>& state, core::BytesView data, bool ends) {
    const std::size_t block = cipher.block_size();
    for (std::size_t at = 0; at < data.size(); at += block) {
        for (std::size_t i = 0; i < block; ++i)
            state[i] ^= data[at + i];
        if (ends && at + block == data.size())
            cipher.encrypt_block(state.data());
        else
            cipher.encrypt_chained(state.data());
    }
}

Reply mac(Sam& sam, core::Byte mode, core::BytesView data, core::Bytes& answer) {
    TemporaryKey& key = *sam.temporary();
    const std::size_t block = key.cipher.block_size();
    const bool begins = mode == single_mac || mode == first_mac;
    if (begins && key.chain)
        return refuse(mac_begun);
    if (!begins && !key.chain)
        return refuse(no_mac_begun);
    if (begins) {
        // The initial value, and a block at least.
        if (data.size() < 2 * block)
            return refuse(not_whole_blocks);
        key.chain.emplace();
        if (!sam.deviates(Deviation::sam_initial_value_ignored))
            std::ranges::copy(data.first(block), key.chain->begin());
        data = data.subspan(block);
    }
    const bool ends = mode == single_mac || mode == last_mac;
    chain(key.cipher, *key.chain, data, ends);
    if (!ends)
        return success();
    core::append(answer, core::BytesView(*key.chain).first(mac_size));
    return success();
}

Reply crypt(Sam& sam, core::Byte mode, core::BytesView data, core::Bytes& answer) {
    const core::Cipher& cipher = sam.temporary()->cipher;
    answer.resize(data.size());
    if (mode == last_decryption && !sam.deviates(Deviation::sam_decryption_enciphers))
        cipher.decrypt(data, answer);
    else
        cipher.encrypt(data, answer);
    return success();
}

/// P1 tells what to do, the temporary key goes with the last piece of it.
Reply execute(Sam& sam, const core::Command& command, core::Bytes& answer) {
    const core::Byte mode = command.p1;
    if (command.p2 != 0 || std::ranges::find(modes, mode) == std::end(modes))
        return refuse(common::wrong_parameters);
    if (!sam.temporary())
        return refuse(no_key);
    const TemporaryKey& key = *sam.temporary();
    const Uses uses = uses_of(key.purpose);
    if (!(makes_mac(mode) ? uses.mac : uses.encryption) && !sam.deviates(Deviation::sam_purpose_ignored))
        return refuse(wrong_purpose);
    if (!makes_mac(mode) && key.chain)
        return refuse(mac_begun);
    if (command.data.empty() || command.data.size() % key.cipher.block_size() != 0)
        return refuse(not_whole_blocks);
    const Reply reply = makes_mac(mode) ? mac(sam, mode, command.data, answer) : crypt(sam, mode, command.data, answer);
    const bool goes_on = mode == encryption || mode == first_mac || mode == next_mac;
    if (reply.reason == &done && !goes_on && !sam.deviates(Deviation::sam_key_kept))
        sam.temporary().reset();
    return reply;
}

} // namespace

const Instruction des_crypt{"DES CRYPT", 0x80, 0xFA, {}, on<Sam, execute>, reasons};

} // namespace tongka::simulator
