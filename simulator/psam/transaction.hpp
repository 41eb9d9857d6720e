#pragma once

#include "core/crypto/mac.hpp"
#include "simulator/psam/psam.hpp"

/// What INIT_SAM_FOR_PURCHASE and INIT_SAM_FOR_GREY_LOCK share: both begin with random 4, offline counter 2, amount or
/// balance 4, TTI 1, date 4, time 3, key version 1, algorithm 1 (standards.md 4.3).
namespace tongka::simulator::psam {

inline constexpr std::size_t fixed_size = 20;

namespace reasons {
inline constexpr Reason not_authenticated{0x6985, "80CA has not accepted a user card", "standards.md 9 row 26"};
inline constexpr Reason not_authenticated_state{0x6901, "80CA has not accepted a user card", "standards.md 9 row 26"};
inline constexpr Reason not_authenticated_code{0x6300, "80CA has not accepted a user card", "standards.md 9 row 26"};
inline constexpr Reason unknown_key{0x9403, "no purchase key has this version and algorithm", "standards.md 4.3, 12"};
inline constexpr Reason wrong_levels{0x6700, "the key takes another number of factors", "standards.md 4.3"};
inline constexpr Reason exhausted{0x6983, "too many wrong MAC2s: the key is blocked", "standards.md 4.3 (inferred)"};
inline constexpr Reason no_counter{0x6A82, "the current directory has no file 0018", "standards.md 3.4"};
inline constexpr Reason no_more_serials{0x9402, "the serial numbers are used up", "standards.md 4.2 (inferred)"};
inline constexpr Reason wrong_mac2{0x9302, "MAC2 of the user card is wrong", "standards.md 4.3"};
inline constexpr const Reason* of_initialize[] = {&common::wrong_parameters,
                                                  &common::wrong_lc,
                                                  &not_authenticated,
                                                  &not_authenticated_state,
                                                  &not_authenticated_code,
                                                  &unknown_key,
                                                  &wrong_levels,
                                                  &exhausted,
                                                  &no_counter,
                                                  &no_more_serials,
                                                  &common::no_right,
                                                  &common::memory_failure};
} // namespace reasons

/// A transaction that may begin: its key and the serial number that it gets.
struct Begun {
    StoredKey key;
    FileIndex counter_file;
    std::array<core::Byte, 4> serial;
};

/// Looks at what both commands ask for; `levels` is how many factors stand behind the fixed data.
[[nodiscard]] tl::expected<Begun, Reply> begin(const Psam& psam, core::BytesView fixed, std::size_t levels);

/// The session key's input: random 4, offline counter 2, right two bytes of the serial (standards.md 5.1).
[[nodiscard]] std::array<core::Byte, 8> session_input(core::BytesView fixed, const Begun& begun);

/// Adds one to the serial number, as part of a transaction.
void count(Transaction& transaction, const Psam& psam, const Begun& begun);

/// Compares MAC2. A wrong one counts against the key, which is written before the comparison; a right one sets its
/// count back.
[[nodiscard]] Reply check_mac2(Psam& psam, const StoredKey& key, const core::Mac& right, core::BytesView received);

} // namespace tongka::simulator::psam
