#pragma once

#include <string_view>

#include "core/rules.hpp"

namespace tongka::core {
namespace choices {

inline constexpr std::string_view city_factor_padding[] = {"00", "FF"};
inline constexpr std::string_view factor_order[] = {"outer-last", "outer-first"};
inline constexpr std::string_view m1_key_form[] = {"list", "single"};
inline constexpr std::string_view maintenance_algorithm[] = {"3des", "sm4"};
inline constexpr std::string_view maintenance_algorithm_in_p1[] = {"no", "yes"};
inline constexpr std::string_view maintenance_key_factor[] = {"asn", "chip-serial", "asn-reversed"};
inline constexpr std::string_view maintenance_key_id[] = {"01", "02"};
inline constexpr std::string_view maintenance_key_levels[] = {"2", "1"};
inline constexpr std::string_view overdraft_tac_key[] = {"xor", "direct"};
inline constexpr std::string_view psam_purchase_before_authentication[] = {"6985", "6901", "6300"};
inline constexpr std::string_view sam_unknown_key[] = {"6A88", "9403"};

} // namespace choices

/// Rules of keys and of what is derived from them.
inline constexpr RuleInfo keys_rules[] = {
    {Rule::city_factor_padding,
     "city-factor-padding",
     choices::city_factor_padding,
     {"城市分散因子:城市代码后为FF0000000000或FFFFFFFFFFFF",
      "What follows the city code in the factor of a city: FF0000000000 or FFFFFFFFFFFF"},
     "standards.md 9 row 13",
     "verified"},
    {Rule::factor_order,
     "factor-order",
     choices::factor_order,
     {"8070数据中分散因子的次序:最后一个(城市)先用,或第一个先用",
      "Which factor of 8070 diversifies first: the last one sent (city), or the first"},
     "standards.md 9 row 13",
     "inferred"},
    {Rule::m1_key_form,
     "m1-key-form",
     choices::m1_key_form,
     {"计算M1密钥的数据:12字节后为扇区列表,每扇区应答6字节;或固定16字节,应答一个密钥",
      "Data of CALCULATE KEY: behind 12 bytes a list of sectors, 6 bytes of answer each; or 16 bytes and one key"},
     "standards.md 4.3; clauses.md J.7",
     "single-source"},
    {Rule::maintenance_algorithm,
     "maintenance-algorithm",
     choices::maintenance_algorithm,
     {"密钥头中没有算法标识的16字节密钥(维护、口令、认证)的算法",
      "Algorithm of 16-byte keys whose header has none: maintenance, PIN and authentication keys"},
     "standards.md 5.3",
     "inferred"},
    {Rule::maintenance_algorithm_in_p1,
     "maintenance-algorithm-in-p1",
     choices::maintenance_algorithm_in_p1,
     {"维护命令的P1是否给出算法(00为3DES,01为SM4)",
      "Whether P1 of a maintenance command tells the algorithm (00 3DES, 01 SM4)"},
     "standards.md 9 row 23",
     "single-source"},
    {Rule::maintenance_key_factor,
     "maintenance-key-factor",
     choices::maintenance_key_factor,
     {"维护密钥的卡片分散因子:应用序列号、芯片序列号或倒序的应用序列号",
      "What maintenance keys are derived with for a card: its ASN, its chip serial number, or the ASN with its bytes "
      "reversed"},
     "standards.md 9 row 29; standards.md 12; clauses.md J.2",
     "single-source"},
    {Rule::maintenance_key_id,
     "maintenance-key-id",
     choices::maintenance_key_id,
     {"终端在801A中使用的维护密钥标识", "Id of the maintenance key that a terminal asks its SAM for (801A)"},
     "standards.md 9 row 29; clauses.md E, J.2",
     "single-source"},
    {Rule::maintenance_key_levels,
     "maintenance-key-levels",
     choices::maintenance_key_levels,
     {"维护密钥的分散级数:城市和卡片,或只有卡片", "Levels of maintenance keys: city and card, or the card alone"},
     "standards.md 12; clauses.md E, J.2",
     "verified"},
    {Rule::overdraft_tac_key,
     "overdraft-tac-key",
     choices::overdraft_tac_key,
     {"修改透支限额的TAC所用的密钥:左右异或,或直接使用DTK",
      "Key of the TAC of an overdraft update: halves of DTK by XOR, or DTK itself"},
     "standards.md 9 row 2",
     "single-source"},
    {Rule::psam_purchase_before_authentication,
     "psam-purchase-before-authentication",
     choices::psam_purchase_before_authentication,
     {"PSAM未收到80CA就收到8070时的状态字", "Status word of a PSAM for 8070 before 80CA"},
     "standards.md 9 row 26",
     "inferred"},
    {Rule::sam_unknown_key,
     "sam-unknown-key",
     choices::sam_unknown_key,
     {"SAM没有801A所指密钥时的状态字", "Status word of a SAM without the key that 801A names"},
     "standards.md 4.3",
     "verified"},
};

} // namespace tongka::core
