#pragma once

#include <string_view>

#include "core/rules.hpp"

namespace tongka::core {
namespace choices {

inline constexpr std::string_view blocked_select[] = {"6283", "6A81"};
inline constexpr std::string_view challenge_length[] = {"both", "4", "8"};
inline constexpr std::string_view encryption_padding[] = {"when-needed", "always"};
inline constexpr std::string_view fci_version[] = {"no", "yes"};
inline constexpr std::string_view missing_secure_messaging[] = {"6987", "6900"};
inline constexpr std::string_view permanently_blocked_select[] = {"9303", "6283", "6A81"};
inline constexpr std::string_view pin_unblock_key[] = {"37", "36"};
inline constexpr std::string_view pin_unblock_parameters[] = {"p1", "p2"};
inline constexpr std::string_view secure_messaging_mac[] = {"retail", "session"};
inline constexpr std::string_view write_key_forms[] = {"all", "no-plain-mac", "no-cipher-mac"};

} // namespace choices

/// Rules of blocking, PINs and secure messaging.
inline constexpr RuleInfo security_rules[] = {
    {Rule::blocked_select,
     "blocked-select",
     choices::blocked_select,
     {"选择临时锁定的应用时的状态字(6283仍返回FCI)",
      "Status word of SELECT for an application blocked for a time (6283 comes with the FCI)"},
     "standards.md 9 row 7; clauses.md J.2",
     "single-source"},
    {Rule::challenge_length,
     "challenge-length",
     choices::challenge_length,
     {"取随机数可要求的长度", "Lengths that GET CHALLENGE gives"},
     "standards.md 9 row 4; standards.md 12",
     "verified"},
    {Rule::encryption_padding,
     "encryption-padding",
     choices::encryption_padding,
     {"安全报文加密时,数据已为整块是否仍填充", "Whether data that fills its blocks is padded before it is enciphered"},
     "standards.md 9 row 19",
     "verified"},
    {Rule::fci_version,
     "fci-version",
     choices::fci_version,
     {"FCI是否含应用版本(9F08)", "Whether the FCI tells the application version (9F08)"},
     "standards.md 3.2",
     "verified"},
    {Rule::missing_secure_messaging,
     "missing-secure-messaging",
     choices::missing_secure_messaging,
     {"要求安全报文而CLA不符时的状态字",
      "Status word of a command without the secure messaging that its file or key asks for"},
     "standards.md 4",
     "single-source"},
    {Rule::permanently_blocked_select,
     "permanently-blocked-select",
     choices::permanently_blocked_select,
     {"选择永久锁定的应用时的状态字", "Status word of SELECT for an application blocked for ever"},
     "standards.md 9 row 7; clauses.md J.2",
     "single-source"},
    {Rule::pin_unblock_key,
     "pin-unblock-key",
     choices::pin_unblock_key,
     {"口令解锁所用密钥的类型", "Type of the key of PIN UNBLOCK: 37 PIN unblock, 36 maintenance"},
     "standards.md 9 row 18",
     "single-source"},
    {Rule::pin_unblock_parameters,
     "pin-unblock-parameters",
     choices::pin_unblock_parameters,
     {"口令解锁的密钥标识在P1还是P2", "Where PIN UNBLOCK names its key: P1 or P2"},
     "standards.md 9 row 18",
     "single-source"},
    {Rule::secure_messaging_mac,
     "secure-messaging-mac",
     choices::secure_messaging_mac,
     {"16字节密钥的安全报文MAC:ISO 9797-1算法3,或以3DES(K,初始值)为密钥的单DES",
      "MAC of secure messaging under a 16-byte key: ISO 9797-1 algorithm 3, or single DES under 3DES(K, IV)"},
     "standards.md 9 row 3",
     "verified"},
    {Rule::write_key_forms,
     "write-key-forms",
     choices::write_key_forms,
     {"WRITE KEY接受的形式", "Forms of WRITE KEY that are accepted"},
     "standards.md 9 row 20",
     "inferred"},
};

} // namespace tongka::core
