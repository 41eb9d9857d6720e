#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "core/dictionary/commands.hpp"
#include "core/dictionary/files.hpp"
#include "core/dictionary/status_words.hpp"

namespace tongka::core::dictionary {
namespace {

std::vector<CommandForm> all_forms() {
    std::vector<CommandForm> forms;
    for (auto group : command_forms())
        forms.insert(forms.end(), group.begin(), group.end());
    return forms;
}

void expect_sane(Layout layout, std::string_view of) {
    int takes_rest = 0;
    for (const auto& field : layout) {
        EXPECT_FALSE(field.name.zh.empty() || field.name.en.empty()) << of;
        takes_rest += field.width == 0 ? 1 : 0;
    }
    EXPECT_LE(takes_rest, 1) << of;
}

void expect_width(Layout layout, std::int16_t length, std::string_view of) {
    if (length == any)
        return;
    int sum = 0;
    for (const auto& field : layout) {
        EXPECT_NE(field.width, 0) << of;
        sum += field.width;
    }
    EXPECT_EQ(sum, length) << of;
}

// Lc and Le are copied from the tables of standards.md 4, the fields from its text: they must add up.
TEST(Commands, FieldsAddUpToTheLengthsOfTheStandard) {
    int fixed = 0;
    for (const auto& form : all_forms()) {
        EXPECT_FALSE(form.name.zh.empty() || form.name.en.empty());
        expect_sane(form.request, form.name.en);
        expect_sane(form.response, form.name.en);
        expect_width(form.request, form.lc, form.name.en);
        if (!form.response.empty())
            expect_width(form.response, form.le, form.name.en);
        fixed += form.lc != any || form.le != any ? 1 : 0;
    }
    EXPECT_GT(fixed, 30);
}

TEST(Commands, AreToldApart) {
    std::set<std::tuple<Device, Byte, Byte, std::int16_t, std::int16_t, DataField>> seen;
    for (const auto& form : all_forms())
        EXPECT_TRUE(seen.emplace(form.device, form.cla, form.ins, form.p1, form.p2, form.data_field).second)
            << form.name.en << " stands twice";
}

TEST(Commands, DescribeAParameterOnlyWhereItIsFree) {
    for (const auto& form : all_forms()) {
        const bool p1 = !form.p1_field.name.en.empty();
        const bool p2 = !form.p2_field.name.en.empty();
        EXPECT_FALSE(p1 && form.p1 != any) << form.name.en;
        EXPECT_FALSE(p2 && (form.p2 != any || form.p1_field.width == 2)) << form.name.en;
        EXPECT_TRUE(!p1 || form.p1_field.width == 1 || form.p1_field.width == 2) << form.name.en;
        EXPECT_TRUE(!p2 || form.p2_field.width == 1) << form.name.en;
    }
}

// standards.md 3.3 and 3.4 give these lengths.
TEST(Files, HaveTheLengthsOfTheStandard) {
    const auto length = [](FileId id, FileForm form, Device device, std::size_t size) {
        const auto* file = find_file(id, form, device, 0, size);
        return file ? file->length() : 0;
    };
    EXPECT_EQ(length(0x0015, FileForm::binary, Device::card, 30), 30U);
    EXPECT_EQ(length(0x0015, FileForm::binary, Device::card, 34), 34U);
    EXPECT_EQ(length(0x0015, FileForm::binary, Device::psam, 14), 14U);
    EXPECT_EQ(length(0x0016, FileForm::binary, Device::card, 39), 39U);
    EXPECT_EQ(length(0x0016, FileForm::binary, Device::card, 55), 55U);
    EXPECT_EQ(length(0x0016, FileForm::binary, Device::psam, 6), 6U);
    EXPECT_EQ(length(0x0017, FileForm::binary, Device::psam, 25), 25U);
    EXPECT_EQ(length(0x0018, FileForm::record, Device::card, 23), 23U);
    EXPECT_EQ(length(0x0010, FileForm::record, Device::card, 23), 23U);
    EXPECT_EQ(length(0x001A, FileForm::record, Device::card, 23), 23U);
    EXPECT_EQ(length(0x001A, FileForm::record, Device::card, 31), 31U);
    ASSERT_TRUE(find_file(0x0005, FileForm::binary, Device::card, 0, 30));
    ASSERT_TRUE(find_file(0x0017, FileForm::record, Device::card, 0, 48));
    EXPECT_FALSE(find_file(0x0018, FileForm::record, Device::card, 0, 24));
    EXPECT_FALSE(find_file(0x0021, FileForm::binary, Device::card, 0, 68));
    for (const auto& file : file_layouts())
        expect_sane(file.fields, file.name.en);
}

TEST(StatusWords, StandInOrderAndEachIsFound) {
    std::string_view before;
    for (const auto& entry : status_words()) {
        EXPECT_LT(before, entry.pattern);
        before = entry.pattern;
        EXPECT_EQ(entry.pattern.size(), 4U);
        EXPECT_FALSE(entry.meaning.zh.empty() || entry.meaning.en.empty());
        std::string digits(entry.pattern);
        std::ranges::replace(digits, 'x', '2');
        const auto* found = find_status(static_cast<StatusWord>(std::stoul(digits, nullptr, 16)));
        ASSERT_TRUE(found) << digits;
        EXPECT_EQ(found->pattern, entry.pattern);
    }
    EXPECT_EQ(find_status(0x1234), nullptr);
}

TEST(StatusWords, TellWhatTheyCount) {
    EXPECT_EQ(describe(0x63C2, Language::en), "verification failed, 2 tries left");
    EXPECT_EQ(describe(0x63C0, Language::zh), "验证失败，还剩0次");
    EXPECT_EQ(describe(0x6108, Language::en), "done, 8 bytes wait");
    EXPECT_EQ(describe(0x6C00, Language::en), "wrong Le, 256 bytes are there");
    EXPECT_EQ(describe(0x9406, Language::zh), "所需的MAC不可用");
    EXPECT_EQ(describe(0x1234, Language::en), "unknown status word");
}

} // namespace
} // namespace tongka::core::dictionary
