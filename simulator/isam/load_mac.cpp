#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "simulator/isam/isam.hpp"
#include "simulator/sam/commands.hpp"

namespace tongka::simulator {
namespace {

// Random 4 and online counter 2, which the session key is made from; what the MAC covers stands behind them
// (clauses.md E).
constexpr std::size_t session_part = 6;
constexpr std::size_t mac1_size = 15; // old balance 4, amount 4, TTI 1, terminal 6
constexpr std::size_t mac2_size = 18; // amount 4, TTI 1, terminal 6, date 4, time 3

constexpr Reason no_key{0x6985, "no INIT_FOR_DESCRYPT stands before it", "standards.md 4.3"};
constexpr Reason unknown_data{0x6A80, "the data is neither that of MAC1 nor that of MAC2 of a load",
                              "clauses.md E (inferred)"};
constexpr Reason no_limit{0x6985, "the application has no load limit", "clauses.md F (inferred)"};
constexpr Reason limit_used_up{0x9401, "the amount is more than the log-in leaves", "clauses.md F (inferred)"};
constexpr Reason no_more_loads{0x9402, "the serial numbers are used up", "standards.md 4.2 (inferred)"};
constexpr Reason limit_over{0x6985, "the time of the log-in is over", "clauses.md F (inferred)"};

bool is_load(core::Byte type) {
    return type == 0x01 || type == 0x02;
}

/// The length tells MAC1 from MAC2, except that a terminal was seen to pad the data of MAC1 to the length of MAC2:
/// then it is where the TTI stands that does.
bool is_mac2(core::BytesView data) {
    return data.size() == mac2_size && is_load(data[4]);
}
bool is_mac1(core::BytesView data) {
    return (data.size() == mac1_size || data.size() == mac2_size) && is_load(data[8]);
}

std::optional<Reply> refuse_over_limit(const Isam& isam, std::uint32_t amount, core::BytesView moment) {
    const auto limit = isam.limit();
    if (!limit)
        return refuse(no_limit);
    if (amount > limit->amount)
        return refuse(limit_used_up);
    if (std::ranges::lexicographical_compare(limit->moment, moment) &&
        !isam.deviates(Deviation::isam_time_limit_ignored))
        return refuse(limit_over);
    return std::nullopt;
}

/// DES CRYPT with P1 01 and a load key: MAC1 or MAC2 of a load without host. The SAM derives the session key from the
/// first six bytes and pads by itself (clauses.md E; that it does so is inferred).
Reply execute(Isam& isam, const core::Command& command, core::Bytes& answer) {
    if (!isam.temporary())
        return refuse(no_key);
    if (isam.temporary()->purpose != Purpose::load)
        return des_crypt.execute(isam, command, answer);
    if (command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() <= session_part)
        return refuse(common::wrong_lc);
    const auto data = command.data.subspan(session_part);
    const bool mac2 = is_mac2(data);
    if (!mac2 && !is_mac1(data))
        return refuse(unknown_data);
    if (mac2) {
        const auto amount = static_cast<std::uint32_t>(core::read_big_endian(data.first(4)));
        if (const auto refused = refuse_over_limit(isam, amount, data.last(LoadLimit::moment_size)))
            return *refused;
        if (const auto counter = isam.counter_file(); counter && isam.is_counted_out(*counter))
            return refuse(no_more_loads);
        if (!isam.spend(amount))
            return refuse(common::memory_failure);
    }
    std::array<core::Byte, 8> input{};
    std::ranges::copy(command.data.first(session_part), input.begin());
    input[6] = 0x80;
    const core::Key session = core::session_key(isam.temporary()->cipher, input);
    core::append(answer, core::transaction_mac(session, mac2 || isam.deviates(Deviation::isam_pads_padded_data)
                                                            ? data
                                                            : data.first(mac1_size)));
    isam.temporary().reset();
    return success();
}

std::vector<const Reason*> all_reasons() {
    std::vector<const Reason*> list{&common::wrong_parameters,
                                    &common::wrong_lc,
                                    &no_key,
                                    &unknown_data,
                                    &no_limit,
                                    &limit_used_up,
                                    &limit_over,
                                    &no_more_loads,
                                    &common::memory_failure};
    list.insert(list.end(), des_crypt.reasons.begin(), des_crypt.reasons.end());
    return list;
}

} // namespace

const Instruction load_mac{"DES CRYPT", 0x80, 0xFA, 0x01, on<Isam, execute>, [] {
                               static const auto list = all_reasons();
                               return std::span<const Reason* const>(list);
                           }()};

} // namespace tongka::simulator
