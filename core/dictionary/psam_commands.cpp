#include "core/dictionary/command_tables.hpp"
#include "core/dictionary/fields.hpp"

// standards.md 4.3; the key calculation also clauses.md J.7.
namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field message[]{security_code};
constexpr Field factors[]{{{"分散因子", "diversification factors"}, 0, Kind::factors}};
constexpr Field only_data[]{data};
constexpr Field enciphered[]{cryptogram};
constexpr Field only_mac2[]{mac2};
constexpr Field more_factors{{"分散因子（由卡到上级）", "factors, the card's first"}, 0, Kind::factors};
constexpr Field purchase[]{random, offline_counter, amount,    transaction_type, date,
                           time,   key_version,     algorithm, more_factors};
constexpr Field purchase_started[]{terminal_serial, mac1};
constexpr Field grey_lock[]{
    random, offline_counter, balance,   transaction_type, date,
    time,   key_version,     algorithm, serial,           more_factors};
constexpr Field grey_lock_started[]{terminal_serial, {{"终端随机数", "terminal random number"}, 4, Kind::random}, mac1};
constexpr Field gmac_request[]{transaction_type, serial, offline_counter, amount};
constexpr Field gmac_response[]{{{"GMAC", "GMAC"}, 4, Kind::mac}, {{"其余", "rest"}, 4, Kind::data}};
constexpr Field only_mac[]{mac};
constexpr Field m1_request[]{{{"城市代码", "city code"}, 2, Kind::city}, data};
constexpr Field m1_keys[]{{{"M1扇区密钥", "Mifare sector keys"}, 0, Kind::key}};

constexpr Field usage{{"密钥用途", "key usage"}, 1, Kind::key_usage};
constexpr auto psam = Device::psam;
constexpr Byte cla = 0x80;

// clang-format off
constexpr CommandForm table[]{
    {.name = {"校验安全认证识别码", "AUTHENTICATION MESSAGE"}, .device = psam, .cla = cla, .ins = 0xCA, .data_field = DataField::present,
     .request = message, .lc = 9},
    {.name = {"通用DES计算初始化", "INIT_FOR_DESCRYPT"}, .device = psam, .cla = cla, .ins = 0x1A, .p1_field = usage,
     .p2_field = key_id, .request = factors},
    {.name = {"通用DES计算（加密）", "DES CRYPT (encipher)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x00,
     .request = only_data, .response = enciphered},
    {.name = {"通用DES计算（加密，有后续块）", "DES CRYPT (encipher, more follows)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x02,
     .request = only_data, .response = enciphered},
    {.name = {"通用DES计算（MAC，最后块）", "DES CRYPT (MAC, last block)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x01,
     .request = only_data, .response = only_mac},
    {.name = {"通用DES计算（MAC，后续块）", "DES CRYPT (MAC, next block)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x03,
     .request = only_data},
    {.name = {"通用DES计算（MAC，唯一块）", "DES CRYPT (MAC in one)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x05,
     .request = only_data, .response = only_mac},
    {.name = {"通用DES计算（MAC，首块）", "DES CRYPT (MAC, first block)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x07,
     .request = only_data},
    {.name = {"通用DES计算（解密）", "DES CRYPT (decipher)"}, .device = psam, .cla = cla, .ins = 0xFA, .p1 = 0x80,
     .request = only_data, .response = only_data}, // standards.md 12, from a third source alone
    {.name = {"MAC1计算", "INIT_SAM_FOR_PURCHASE"}, .device = psam, .cla = cla, .ins = 0x70,
     .request = purchase, .response = purchase_started, .le = 8},
    {.name = {"校验MAC2", "CREDIT_SAM_FOR_PURCHASE"}, .device = psam, .cla = cla, .ins = 0x72, .request = only_mac2, .lc = 4},
    {.name = {"灰锁MAC1计算", "INIT_SAM_FOR_GREY_LOCK"}, .device = psam, .cla = 0xE0, .ins = 0x40,
     .request = grey_lock, .response = grey_lock_started, .le = 0x0C},
    {.name = {"校验灰锁MAC2", "CERTIFICATE_SAM_FOR_GREY_LOCK"}, .device = psam, .cla = 0xE0, .ins = 0x42, .request = only_mac2, .lc = 4},
    {.name = {"计算GMAC", "GET GMAC"}, .device = psam, .cla = 0xE0, .ins = 0x44, .request = gmac_request, .response = gmac_response,
     .lc = 0x0F, .le = 8},
    {.name = {"应用解锁", "APPLICATION UNBLOCK"}, .device = psam, .cla = cla, .ins = 0x18, .request = only_data},
    {.name = {"计算M1密钥", "CALCULATE M1 KEY"}, .device = psam, .cla = cla, .ins = 0xFC, .request = m1_request, .response = m1_keys},
};
// clang-format on

} // namespace

std::span<const CommandForm> psam_commands() {
    return table;
}

} // namespace tongka::core::dictionary
