#include "core/dictionary/files.hpp"

#include "core/dictionary/fields.hpp"

namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field issuer{{"发卡方代码", "issuer code"}, 2, Kind::city};
constexpr Field city{{"城市代码", "city code"}, 2, Kind::city};
constexpr Field industry{{"行业代码", "industry code"}, 2, Kind::city};
constexpr Field reserved{{"预留", "reserved"}, 2, Kind::data};
constexpr Field main_type{{"卡主类型", "card main type"}, 1, Kind::data};
constexpr Field sub_type{{"卡子类型", "card sub type"}, 1, Kind::data};
constexpr Field start_date{{"启用日期", "start date"}, 4, Kind::date};
constexpr Field expiry_date{{"有效日期", "expiry date"}, 4, Kind::date};

// standards.md 3.3; clauses.md E puts a deposit at offset 7 in one city.
constexpr Field public_information[]{issuer,
                                     city,
                                     industry,
                                     reserved,
                                     serial,
                                     main_type,
                                     sub_type,
                                     {{"发行日期", "issue date"}, 4, Kind::date},
                                     {{"发行设备信息", "issuing device"}, 6, Kind::data},
                                     {{"卡版本号", "card version"}, 2, Kind::data},
                                     {{"预留", "reserved"}, 0, Kind::data}};

// standards.md 3.3. The meaning of offset 8 differs by source (standards.md 9 row 14); the bitmap is there in some
// cities.
constexpr Field application_with_map[]{issuer,
                                       city,
                                       industry,
                                       reserved,
                                       {{"应用类型标识/启用标志", "application type or enabled flag"}, 1, Kind::data},
                                       {{"应用版本", "application version"}, 1, Kind::data},
                                       {{"互通标识", "interoperation mark"}, 2, Kind::data},
                                       serial,
                                       start_date,
                                       expiry_date,
                                       main_type,
                                       sub_type,
                                       {{"业务位图", "services bitmap"}, 4, Kind::data}};
constexpr Layout application = Layout(application_with_map).first(12);

constexpr Field card_type{{"卡类型标识", "card type"}, 1, Kind::data};
constexpr Field employee{{"本行职工标识", "employee mark"}, 1, Kind::data};
constexpr Field holder_name{{"持卡人姓名", "holder's name"}, 20, Kind::data};
constexpr Field holder_document_type{{"证件类型", "document type"}, 1, Kind::data};
constexpr Field holder[]{
    card_type, employee, holder_name, {{"证件号码", "document number"}, 16, Kind::data}, holder_document_type};
constexpr Field city_holder[]{
    card_type, employee, holder_name, {{"证件号码", "document number"}, 32, Kind::data}, holder_document_type};

constexpr Field log_entry[]{
    {{"交易序号", "transaction number"}, 2, Kind::number}, overdraft, amount, transaction_type, terminal, date, time};
constexpr Field load_entry[]{online_counter,
                             overdraft,
                             amount,
                             transaction_type,
                             terminal,
                             date,
                             time,
                             {{"交易后余额", "balance afterwards"}, 4, Kind::amount},
                             tac}; // clauses.md E

constexpr Field composite[]{{{"复合应用标识", "composite application identifier"}, 1, Kind::data},
                            {{"记录长度", "length"}, 1, Kind::number},
                            {{"锁定/有效标志", "lock or valid flag"}, 1, Kind::data},
                            data};

constexpr Field directory[]{{{"目录数据", "directory entry"}, 0, Kind::fci}};

// standards.md 3.4, clauses.md J.1
constexpr Field psam_information[]{{{"PSAM序列号", "PSAM serial number"}, 10, Kind::serial},
                                   {{"PSAM版本号", "PSAM version"}, 1, Kind::data},
                                   {{"密钥卡类型", "key card type"}, 1, Kind::data},
                                   {{"发卡方自定义FCI数据", "issuer's FCI data"}, 2, Kind::data}};
constexpr Field psam_terminal[]{terminal};
constexpr Field psam_application[]{{{"消费密钥索引号", "purchase key index"}, 1, Kind::key_index},
                                   {{"应用发行者标识", "application issuer"}, 8, Kind::data},
                                   {{"应用接收者标识", "application receiver"}, 8, Kind::data},
                                   start_date,
                                   expiry_date};
constexpr Field psam_counter[]{terminal_serial};

constexpr auto psam = Device::psam;
constexpr auto record = FileForm::record;

// clang-format off
constexpr FileLayout table[]{
    {.name = {"目录数据文件", "directory"}, .id = 0x0001, .form = record, .fields = directory},
    {.name = {"卡片公共信息", "card's public information"}, .id = 0x0005, .fields = public_information},
    {.name = {"异地消费明细", "purchases in other cities"}, .id = 0x0010, .form = record, .fields = log_entry},
    {.name = {"公共应用基本信息", "application's public information"}, .id = 0x0015, .fields = application},
    {.name = {"公共应用基本信息", "application's public information"}, .id = 0x0015, .fields = application_with_map},
    {.name = {"PSAM公共信息", "PSAM's public information"}, .device = psam, .id = 0x0015, .fields = psam_information},
    {.name = {"持卡人基本信息", "holder's information"}, .id = 0x0016, .fields = city_holder},
    {.name = {"持卡人基本信息", "holder's information"}, .id = 0x0016, .fields = holder},
    {.name = {"终端信息", "terminal information"}, .device = psam, .id = 0x0016, .fields = psam_terminal},
    {.name = {"复合消费记录", "composite records"}, .id = 0x0017, .form = record, .fields = composite},
    {.name = {"PSAM应用公共信息", "PSAM application's public information"}, .device = psam, .id = 0x0017, .fields = psam_application},
    {.name = {"本地交易明细", "transaction log"}, .id = 0x0018, .form = record, .fields = log_entry},
    {.name = {"终端交易序号", "terminal transaction number"}, .device = psam, .id = 0x0018, .fields = psam_counter},
    {.name = {"本地复合消费记录", "local composite records"}, .id = 0x0019, .form = record, .fields = composite},
    {.name = {"终端交易序号", "terminal transaction number"}, .device = psam, .id = 0x0019, .fields = psam_counter},
    {.name = {"圈存明细", "loads"}, .id = 0x001A, .form = record, .fields = log_entry},
    {.name = {"圈存明细", "loads"}, .id = 0x001A, .form = record, .fields = load_entry},
};
// clang-format on

} // namespace

std::size_t FileLayout::length() const {
    std::size_t sum = 0;
    for (const auto& field : fields) {
        if (field.width == 0)
            return 0;
        sum += field.width;
    }
    return sum;
}

std::span<const FileLayout> file_layouts() {
    return table;
}

const FileLayout* find_file(FileId id, FileForm form, std::optional<Device> device, std::size_t offset,
                            std::size_t size) {
    const FileLayout* long_enough = nullptr;
    for (const auto& layout : table) {
        if (layout.id != id || layout.form != form || (device && !fits(layout.device, *device)))
            continue;
        const std::size_t length = layout.length();
        if (length == offset + size)
            return &layout;
        if (!long_enough && (length == 0 || length > offset + size))
            long_enough = &layout;
    }
    return long_enough;
}

} // namespace tongka::core::dictionary
