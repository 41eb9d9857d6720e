#include "core/dictionary/command_tables.hpp"
#include "core/dictionary/fields.hpp"

// Commands of makers, used before a card or a PSAM is issued: standards.md 4.1 and 4.3, clauses.md J.6.
namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field file[]{data};
constexpr Field secret[]{{{"密钥数据", "key data"}, 0, Kind::key}};
constexpr Field type{{"操作或密钥类型", "operation or key type"}, 1, Kind::data};
constexpr Field file_number{{"文件标识符", "file identifier"}, 2, Kind::file_id};
constexpr auto both = Device::both;
constexpr auto psam = Device::psam;

// clang-format off
constexpr CommandForm table[]{
    {.name = {"建立文件", "CREATE FILE"}, .device = both, .cla = 0x80, .ins = 0xE0, .p1_field = file_number, .request = file},
    {.name = {"擦除目录", "ERASE DF"}, .device = both, .cla = 0x80, .ins = 0x0E},
    {.name = {"写密钥", "WRITE KEY"}, .device = both, .cla = 0x80, .ins = 0xD4, .p1_field = type, .p2_field = key_id, .request = secret},
    {.name = {"写密钥", "WRITE KEY"}, .device = both, .cla = 0x84, .ins = 0xD4, .p1_field = type, .p2_field = key_id, .request = secret},
    {.name = {"写密钥", "WRITE KEY"}, .device = psam, .cla = 0x80, .ins = 0xD0, .request = secret},
    {.name = {"建立或擦除主文件", "CREATE OR ERASE MF"}, .device = psam, .cla = 0x80, .ins = 0x8A, .request = file},
    {.name = {"建立或擦除主文件", "CREATE OR ERASE MF"}, .device = psam, .cla = 0x84, .ins = 0x8A, .request = file},
    {.name = {"建立文件", "CREATE FILE"}, .device = psam, .cla = 0x80, .ins = 0x80, .request = file},
    {.name = {"建立文件", "CREATE FILE"}, .device = psam, .cla = 0x84, .ins = 0x80, .request = file},
    {.name = {"结束发行", "END ISSUE"}, .device = psam, .cla = 0x80, .ins = 0x1C, .request = file},
    {.name = {"结束发行", "END ISSUE"}, .device = psam, .cla = 0x84, .ins = 0x1C, .request = file},
    {.name = {"设置卡序列号", "SET CARD SN"}, .device = psam, .cla = 0x80, .ins = 0x8C, .request = file},
    {.name = {"设置安全环境", "MANAGE SECURITY ENVIRONMENT"}, .device = psam, .cla = 0x00, .ins = 0x22, .request = file},
    {.name = {"写RSA密钥", "WRITE RSA KEY"}, .device = psam, .cla = 0x80, .ins = 0xD2, .request = secret},
    {.name = {"RSA保护下更新密钥", "UPDATE KEY PROTECTED BY RSA"}, .device = psam, .cla = 0x80, .ins = 0xD8, .request = secret},
};
// clang-format on

} // namespace

std::span<const CommandForm> issuing_commands() {
    return table;
}

} // namespace tongka::core::dictionary
