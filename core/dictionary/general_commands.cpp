#include "core/dictionary/command_tables.hpp"
#include "core/dictionary/fields.hpp"

// standards.md 4.1. CLA 04 and 84: secure messaging; the last 4 bytes are a MAC.
namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field fci[]{{{"文件控制信息", "file control information"}, 0, Kind::fci}};
constexpr Field select_by_id[]{{{"文件标识符", "file identifier"}, 2, Kind::file_id}};
constexpr Field select_by_name[]{{{"文件名", "file name"}, 0, Kind::name}};
constexpr Field only_content[]{content};
constexpr Field only_mac[]{mac};
constexpr Field protected_content[]{content, mac};
constexpr Field only_data[]{data};
constexpr Field challenge[]{{{"随机数", "random number"}, 0, Kind::random}};
constexpr Field authentication[]{{{"认证数据", "authentication data"}, 0, Kind::cryptogram}};
constexpr Field verify[]{{{"PIN", "PIN"}, 0, Kind::pin}};
constexpr Field enciphered_pin[]{{{"加密的PIN", "enciphered PIN"}, 0, Kind::pin}, mac};
constexpr Field new_pin[]{{{"新PIN", "new PIN"}, 0, Kind::pin}, mac};
constexpr Field both_pins[]{{{"旧PIN‖FF‖新PIN", "old PIN ‖ FF ‖ new PIN"}, 0, Kind::pin}};
constexpr Field message[]{security_code};
constexpr Field uid[]{{{"卡片唯一识别号", "UID"}, 0, Kind::data}};

constexpr auto both = Device::both;
constexpr auto card = Device::card;

constexpr Text select{"选择文件", "SELECT"};
constexpr Text read_binary{"读二进制文件", "READ BINARY"};
constexpr Text update_binary{"修改二进制文件", "UPDATE BINARY"};
constexpr Text read_record{"读记录", "READ RECORD"};
constexpr Text update_record{"修改记录", "UPDATE RECORD"};
constexpr Text append_record{"追加记录", "APPEND RECORD"};

// clang-format off
constexpr CommandForm table[]{
    {.name = select, .device = both, .cla = 0x00, .ins = 0xA4, .p1 = 0x00, .request = select_by_id, .response = fci, .lc = 2},
    {.name = select, .device = both, .cla = 0x00, .ins = 0xA4, .p1 = 0x04, .request = select_by_name, .response = fci},
    {.name = read_binary, .device = both, .cla = 0x00, .ins = 0xB0, .p1_field = binary_reference, .response = only_content},
    {.name = read_binary, .device = both, .cla = 0x04, .ins = 0xB0, .p1_field = binary_reference, .request = only_mac,
     .response = protected_content, .lc = 4}, // that the answer ends with a MAC: standards.md 5.4 H2, inferred
    {.name = update_binary, .device = both, .cla = 0x00, .ins = 0xD6, .p1_field = binary_reference, .request = only_content},
    {.name = update_binary, .device = both, .cla = 0x04, .ins = 0xD6, .p1_field = binary_reference, .request = protected_content},
    {.name = update_binary, .device = both, .cla = 0x00, .ins = 0xD0, .p1_field = binary_reference, .request = only_content},
    {.name = update_binary, .device = both, .cla = 0x04, .ins = 0xD0, .p1_field = binary_reference, .request = protected_content},
    {.name = read_record, .device = both, .cla = 0x00, .ins = 0xB2, .p1_field = record_reference, .response = only_content},
    {.name = read_record, .device = both, .cla = 0x04, .ins = 0xB2, .p1_field = record_reference, .request = only_mac,
     .response = protected_content, .lc = 4},
    {.name = update_record, .device = both, .cla = 0x00, .ins = 0xDC, .p1_field = record_reference, .request = only_content},
    {.name = update_record, .device = both, .cla = 0x04, .ins = 0xDC, .p1_field = record_reference, .request = protected_content},
    {.name = update_record, .device = both, .cla = 0x00, .ins = 0xD2, .p1_field = record_reference, .request = only_content},
    {.name = update_record, .device = both, .cla = 0x04, .ins = 0xD2, .p1_field = record_reference, .request = protected_content},
    {.name = append_record, .device = both, .cla = 0x00, .ins = 0xE2, .p1_field = record_reference, .request = only_content},
    {.name = append_record, .device = both, .cla = 0x04, .ins = 0xE2, .p1_field = record_reference, .request = protected_content},
    {.name = {"取随机数", "GET CHALLENGE"}, .device = both, .cla = 0x00, .ins = 0x84, .response = challenge},
    {.name = {"外部认证", "EXTERNAL AUTHENTICATE"}, .device = both, .cla = 0x00, .ins = 0x82, .p2_field = key_id, .request = authentication},
    {.name = {"内部认证（加密）", "INTERNAL AUTHENTICATE (encipher)"}, .device = both, .cla = 0x00, .ins = 0x88, .p1 = 0x00,
     .p2_field = key_id, .request = only_data, .response = authentication},
    {.name = {"内部认证（解密）", "INTERNAL AUTHENTICATE (decipher)"}, .device = both, .cla = 0x00, .ins = 0x88, .p1 = 0x01,
     .p2_field = key_id, .request = only_data, .response = only_data},
    {.name = {"内部认证（MAC）", "INTERNAL AUTHENTICATE (MAC)"}, .device = both, .cla = 0x00, .ins = 0x88, .p1 = 0x02,
     .p2_field = key_id, .request = only_data, .response = only_mac, .le = 4},
    {.name = {"验证PIN", "VERIFY"}, .device = both, .cla = 0x00, .ins = 0x20, .p2_field = key_id, .request = verify},
    {.name = {"卡片锁定", "CARD BLOCK"}, .device = card, .cla = 0x84, .ins = 0x16, .request = only_mac, .lc = 4},
    {.name = {"应用解锁", "APPLICATION UNBLOCK"}, .device = both, .cla = 0x84, .ins = 0x18, .request = only_mac, .lc = 4},
    {.name = {"应用临时锁定", "APPLICATION BLOCK (temporary)"}, .device = card, .cla = 0x84, .ins = 0x1E, .p1 = 0x00, .p2 = 0x00,
     .request = only_mac, .lc = 4},
    {.name = {"应用永久锁定", "APPLICATION BLOCK (permanent)"}, .device = card, .cla = 0x84, .ins = 0x1E, .p1 = 0x00, .p2 = 0x01,
     .request = only_mac, .lc = 4},
    {.name = {"PIN解锁", "PIN UNBLOCK"}, .device = card, .cla = 0x84, .ins = 0x24, .request = enciphered_pin},
    {.name = {"重装PIN", "RELOAD PIN"}, .device = card, .cla = 0x80, .ins = 0x5E, .p1 = 0x00, .p2_field = key_id, .request = new_pin},
    {.name = {"修改PIN", "CHANGE PIN"}, .device = card, .cla = 0x80, .ins = 0x5E, .p1 = 0x01, .p2_field = key_id, .request = both_pins},
    {.name = {"取响应数据", "GET RESPONSE"}, .device = both, .cla = 0x00, .ins = 0xC0, .response = only_data},
    {.name = {"取安全认证识别码", "GET MESSAGE"}, .device = card, .cla = 0x80, .ins = 0xCA, .data_field = DataField::absent,
     .response = message, .le = 9},
    {.name = {"取UID（读卡器命令）", "GET UID (reader command)"}, .device = both, .cla = 0xFF, .ins = 0xCA, .p1 = 0x00, .p2 = 0x00,
     .response = uid}, // PC/SC part 3, 3.2.2.1.3
};
// clang-format on

} // namespace

std::span<const CommandForm> general_commands() {
    return table;
}

} // namespace tongka::core::dictionary
