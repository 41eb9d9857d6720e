#include <gtest/gtest.h>

#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "core/profile/city_layout.hpp"
#include "core/profile/files.hpp"

namespace tongka::core {
namespace {

CardProfile card() {
    CardProfile profile;
    profile.asn = {0x21, 0x44, 0, 0, 0, 0, 0, 1};
    profile.city = {0x21, 0x44};
    profile.start_date = {0x20, 0x26, 0x01, 0x01};
    profile.expiry_date = {0x20, 0x36, 0x12, 0x31};
    profile.chip_serial = {1, 2, 3, 4, 5, 6, 7, 8};
    return profile;
}

constexpr std::string_view application = R"(- {id: "3F01", type: directory, name: "A00000000386980701", shows: "15"}
)";

Result<std::vector<FileProfile>> read(std::string_view files) {
    const auto node = document::parse(std::string(application) + std::string(files), "f");
    return read_files(node.value(), card());
}

std::string error_of(std::string_view files) {
    const auto read_ones = read(files);
    return read_ones ? "no error" : read_ones.error().message;
}

TEST(Files, ATransparentFile) {
    const auto files = read(R"(- {in: "3F01", id: "0015", type: transparent, size: 30, read: "F1", write: "0F",
   protect: cipher, protect-read: "yes", read-key: "02", write-key: "01", content: "{city}{asn}{start}{expiry}{chip}"})");
    ASSERT_TRUE(files) << files.error().message;
    const FileProfile& file = files->at(1);
    EXPECT_EQ(file.parent, 0x3F01);
    EXPECT_EQ(file.id, 0x0015);
    EXPECT_EQ(file.kind, FileKind::transparent);
    EXPECT_EQ(file.size, 30);
    EXPECT_EQ(file.read, 0xF1);
    EXPECT_EQ(file.write, 0x0F);
    EXPECT_EQ(file.protection, Protection::cipher);
    EXPECT_TRUE(file.protected_read);
    EXPECT_EQ(file.read_key, 2);
    EXPECT_EQ(file.write_key, 1);
    ASSERT_EQ(file.content.size(), 1U);
    EXPECT_EQ(to_hex(file.content[0]), "2144214400000000000120260101203612310102030405060708");
}

TEST(Files, ADirectoryAndWhatNeedNotBeSaid) {
    const auto files = read(R"(- {in: "3F01", id: "3F02", type: directory, name: "0102030405"}
- {in: "3F02", id: "0001", type: transparent, size: 1})");
    ASSERT_TRUE(files) << files.error().message;
    EXPECT_EQ(files->at(0).parent, 0x3F00);
    EXPECT_EQ(to_hex(files->at(0).name), "A00000000386980701");
    EXPECT_EQ(files->at(0).shows, 0x15);
    EXPECT_EQ(files->at(1).shows, 0);
    EXPECT_EQ(files->at(2).parent, 0x3F02);
    EXPECT_EQ(files->at(2).read, 0xF0);
    EXPECT_EQ(files->at(2).write, 0xF0);
    EXPECT_EQ(files->at(2).protection, Protection::none);
    EXPECT_FALSE(files->at(2).protected_read);
}

TEST(Files, RecordsAreAListOfContents) {
    const auto files =
        read(R"(- {id: "0003", type: linear-fixed, records: 2, record-size: 4, content: ["01", "02030405"]}
- {id: "0004", type: linear-variable, size: 7, content: ["0101AA", "0202BBCC"]}
- {id: "0005", type: cyclic, records: 10, record-size: 23})");
    ASSERT_TRUE(files) << files.error().message;
    EXPECT_EQ(files->at(1).records, 2);
    EXPECT_EQ(files->at(1).record_size, 4);
    ASSERT_EQ(files->at(1).content.size(), 2U);
    EXPECT_EQ(to_hex(files->at(1).content[1]), "02030405");
    EXPECT_EQ(files->at(2).content.size(), 2U);
    EXPECT_EQ(files->at(3).kind, FileKind::cyclic);
}

TEST(Files, APlaceThatCannotBe) {
    EXPECT_EQ(error_of(R"(- {in: "3F02", id: "0015", type: transparent, size: 1})"),
              "f:2:8: no directory 3F02 is listed before this file");
    EXPECT_EQ(error_of(R"(- {in: "3F01", id: "0015", type: transparent, size: 1}
- {in: "3F01", id: "0015", type: cyclic, records: 2, record-size: 1})"),
              "f:3:20: another file has the id 0015");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 1}
- {in: "3F01", id: "0015", type: transparent, size: 1})"),
              "no error")
        << "one id in two directories";
    EXPECT_EQ(error_of(R"(- {id: "3F00", type: transparent, size: 1})"),
              "f:2:8: 3F00 is the master file, which every card has");
    EXPECT_EQ(error_of(R"(- {id: "0000", type: transparent, size: 1})"),
              "f:2:8: 0000 is the key file, which every directory has");
    EXPECT_EQ(error_of(R"(- {in: "3F01", id: "0002", type: transparent, size: 1})"),
              "f:2:20: 0001 and 0002 are the purses in the directory of the application");
    EXPECT_EQ(error_of(R"(- {in: "3F01", id: "3F02", type: directory, name: "0102030405"}
- {in: "3F02", id: "3F03", type: directory, name: "0102030406"})"),
              "f:3:3: there are three levels of directories, the master file among them");
    const auto node = document::parse(R"([{id: "0015", type: transparent, size: 1}])", "f").value();
    EXPECT_EQ(read_files(node, card()).error().message, "f:1:1: the files have no directory for the application");
}

TEST(Files, ASizeThatCannotBe) {
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 0})"), "f:2:41: size must be at least 1");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: linear-fixed, records: 0, record-size: 1})"),
              "f:2:45: records must be at least 1");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: cyclic, records: 1, record-size: 1})"),
              "f:2:39: records must be at least 2");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: linear-fixed, records: 1, record-size: 0})"),
              "f:2:61: record-size must be at least 1");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 1, write-key: "04"})"),
              "f:2:55: write-key is at most 03, not 04");
}

TEST(Files, AContentThatDoesNotFit) {
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 2, content: "010203"})"),
              "f:2:53: 3 bytes do not fit into 2");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 2, content: ["01", "02"]})"),
              "f:2:60: a transparent file has one content");
    EXPECT_EQ(error_of(R"(- {id: "0003", type: cyclic, records: 2, record-size: 1, content: ["01", "02", "03"]})"),
              "f:2:80: there are 2 records");
    EXPECT_EQ(error_of(R"(- {id: "0003", type: linear-fixed, records: 2, record-size: 1, content: ["0101"]})"),
              "f:2:74: 2 bytes do not fit into 1");
    EXPECT_EQ(error_of(R"(- {id: "0003", type: linear-variable, size: 5, content: ["0101AA", "0201BB"]})"),
              "f:2:68: 3 bytes do not fit into 2");
    EXPECT_EQ(error_of(R"(- {id: "0003", type: linear-variable, size: 5, content: "0102AA"})"),
              "f:2:57: a record of variable length is a tag, a length and as many bytes");
}

TEST(Files, AContentThatIsNone) {
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 9, content: "{ans}"})"),
              "f:2:53: a content knows no {ans}: did you mean 'asn'?");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 9, content: "{asn"})"),
              "f:2:53: a content has a { without its }");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparent, size: 9, content: "0G"})").substr(0, 8), "f:2:53: ");
    EXPECT_EQ(error_of(R"(- {id: "0015", type: transparant, size: 9})"),
              "f:2:22: type is one of directory, transparent, linear-fixed, linear-variable, cyclic, not "
              "'transparant': did you mean 'transparent'?");
    EXPECT_EQ(error_of(R"(- {id: "3F02", type: directory, name: "0102030405", size: 9})").substr(0, 8), "f:2:53: ")
        << "a directory has no size";
    EXPECT_EQ(error_of(R"(- {id: "3F02", type: directory, name: "01"})"), "f:2:39: name must be 5 to 16 bytes, not 1");
}

// standards.md 3.3.
TEST(Files, TheCityLayout) {
    const auto files = city_layout(card());
    const auto file = [&](std::uint16_t parent, std::uint16_t id) {
        const auto found =
            std::ranges::find_if(files, [&](const FileProfile& one) { return one.parent == parent && one.id == id; });
        return found == files.end() ? FileProfile{} : *found;
    };
    EXPECT_EQ(files.size(), 11U);
    EXPECT_EQ(to_hex(file(0x3F00, 0x0001).content.at(0)), "61114F09A00000000386980701500450424F43");
    EXPECT_EQ(to_hex(file(0x3F00, 0x0005).content.at(0)), "214421440000FFFF2144000000000001010120260101000000000001"
                                                          "0100");
    EXPECT_EQ(file(0x3F00, 0x3F01).shows, 0x15);
    EXPECT_EQ(to_hex(file(0x3F01, 0x0015).content.at(0)),
              "214421440000FFFF01010001214400000000000120260101203612310101");
    EXPECT_EQ(file(0x3F01, 0x0016).size, 55);
    const FileProfile composite = file(0x3F01, 0x0017);
    EXPECT_EQ(composite.kind, FileKind::linear_variable);
    EXPECT_EQ(composite.size, 0x150);
    EXPECT_EQ(to_hex(BytesView(composite.content.at(0)).first(2)), "012E");
    EXPECT_EQ(composite.content.at(0).size(), 48U);
    for (const std::uint16_t log : {0x0018, 0x0010, 0x001A}) {
        EXPECT_EQ(file(0x3F01, log).kind, FileKind::cyclic);
        EXPECT_EQ(file(0x3F01, log).records, 10);
        EXPECT_EQ(file(0x3F01, log).record_size, 23);
        EXPECT_EQ(file(0x3F01, log).write, 0xEF);
    }
    EXPECT_EQ(file(0x3F01, 0x0011).write_key, 1);
    EXPECT_EQ(file(0x3F01, 0x0012).protection, Protection::mac);
}

} // namespace
} // namespace tongka::core
