#pragma once

#include <string_view>

#include "core/rules.hpp"

namespace tongka::core {
namespace choices {

inline constexpr std::string_view composite_file[] = {"0017", "0019", "0007"};
inline constexpr std::string_view composite_mac1_code[] = {"without", "with"};
inline constexpr std::string_view composite_state_only[] = {"no", "by-record-byte"};
inline constexpr std::string_view composite_update[] = {"tlv", "number", "cyclic"};

} // namespace choices

/// Rules of composite purchases.
inline constexpr RuleInfo composite_rules[] = {
    {Rule::composite_file,
     "composite-file",
     choices::composite_file,
     {"复合消费所用的文件", "File of the composite records that terminals and cases use"},
     "standards.md 9 rows 15 and 30; standards.md 12; clauses.md E",
     "verified"},
    {Rule::composite_mac1_code,
     "composite-mac1-code",
     choices::composite_mac1_code,
     {"复合消费MAC1的数据之后是否附加9字节的安全认证识别码",
      "Whether the 9-byte security code follows in the input of MAC1 of a composite purchase"},
     "standards.md 9 row 10; clauses.md J.9",
     "verified"},
    {Rule::composite_state_only,
     "composite-state-only",
     choices::composite_state_only,
     {"复合记录第4字节不为00时是否只更新记录而不扣款、不记明细",
      "Whether a composite record whose byte 4 is not 00 is updated without debit and log"},
     "standards.md 3.3",
     "inferred"},
    {Rule::composite_update,
     "composite-update",
     choices::composite_update,
     {"80DC如何指明复合记录:记录标识、记录号或循环追加",
      "How 80DC addresses a composite record: by its tag, by number, or as an append to a cyclic file"},
     "standards.md 4.2 and 12",
     "verified"},
};

} // namespace tongka::core
