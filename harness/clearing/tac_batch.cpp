#include "harness/clearing/tac_batch.hpp"

#include "core/crypto/derivation.hpp"

namespace tongka::harness::clearing {

void TacBatch::derive(const core::Cipher& root, std::span<const std::array<core::Byte, 8>> cards) {
    algorithm_ = root.algorithm();
    const std::span keys(keys_.data(), 16 * cards.size());
    core::derive_with(root, cards, keys);
}

void TacBatch::choose(std::size_t card) {
    const std::span<const core::Byte, 16> key(keys_.data() + 16 * card, 16);
    card_.set_key(core::tac_key(algorithm_ == core::Algorithm::sm4 ? core::Key::sm4(key) : core::Key::triple_des(key)));
}

core::Mac TacBatch::tac(const Transaction& transaction) const {
    std::array<core::Byte, 22> input;
    core::write_big_endian(std::span(input).first(4), transaction.amount);
    input[4] = transaction.type;
    std::ranges::copy(transaction.terminal, input.begin() + 5);
    core::write_big_endian(std::span(input).subspan(11, 4), transaction.terminal_serial);
    std::ranges::copy(transaction.date_time, input.begin() + 15);
    return core::transaction_mac(card_, core::BytesView(input));
}

} // namespace tongka::harness::clearing
