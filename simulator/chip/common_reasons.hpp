#pragma once

#include "simulator/chip/reply.hpp"

/// Reasons that many commands share.
namespace tongka::simulator::common {

inline constexpr Reason wrong_class{0x6E00, "no command has this class byte", "ISO/IEC 7816-4"};
inline constexpr Reason unknown_instruction{0x6D00, "no command of this class has this instruction byte",
                                            "ISO/IEC 7816-4"};
inline constexpr Reason wrong_parameters{0x6A86, "P1 or P2 is not one that the command knows", "standards.md 4"};
inline constexpr Reason wrong_lc{0x6700, "Lc is not the length that the command asks for", "standards.md 4"};
inline constexpr Reason wrong_le{0x6C00, "Le is not the length of the answer, which SW2 tells", "standards.md 2.1"};
inline constexpr Reason memory_failure{0x6581, "the memory did not take what was written", "standards.md 4"};

inline constexpr Reason no_such_file{0x6A82, "no such file", "standards.md 4.1"};
inline constexpr Reason no_current_file{0x6986, "no elementary file is selected", "standards.md 4"};
inline constexpr Reason wrong_file_type{0x6981, "the command does not fit this type of file", "standards.md 4.1"};
inline constexpr Reason no_such_record{0x6A83, "no such record", "standards.md 4.1"};
inline constexpr Reason no_space{0x6A84, "there is not enough space", "standards.md 4.1"};
inline constexpr Reason no_right{0x6982, "the security state does not give the access right", "standards.md 3.1"};

inline constexpr Reason no_such_key{0x6A88, "there is no such key in the current directory", "standards.md 4.1"};
inline constexpr Reason key_blocked{0x6983, "the key has no tries left", "standards.md 4.1"};

inline constexpr Reason card_blocked{0x6A81, "the card is blocked", "standards.md 4.1, CARD BLOCK"};
inline constexpr Reason application_blocked{0x6A81, "the application is blocked", "standards.md 4.1"};
inline constexpr Reason permanently_blocked{0x9303, "the application is blocked for good", "standards.md 4.1"};

} // namespace tongka::simulator::common
