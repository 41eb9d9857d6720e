#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/key_file.hpp"
#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

using ::testing::AnyOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const Key master = key_of("00112233445566778899AABBCCDDEEFF");
const PassPhrase pass = pass_phrase("a pass phrase");

class KeyFile : public Scratch {
protected:
    KeyFile() : path_(folder_ / "cn.keys") {}

    std::unique_ptr<FileKeyStore> create() {
        auto store = *FileKeyStore::create(path_, KeyOwner{}, pass, random_, quick);
        EXPECT_TRUE(store->add(record_of("DPK.01/01"), master));
        return store;
    }
    std::string refusal(const PassPhrase& with = pass, Access access = Access::read) {
        auto opened = FileKeyStore::open(path_, with, random_, access);
        EXPECT_FALSE(opened);
        return opened ? "" : opened.error().message;
    }

    std::filesystem::path path_;
};

/// Stretched by the reference implementation of Argon2, sealed by python3-cryptography.
TEST_F(KeyFile, OfAnotherMakerOpens) {
    write(path_, "546F6E676B610D0A0101000000100000000201303132333435363738396162636465660A0B0C0D0E0F101112131415000000"
                 "427482E3873A74F56909769032B69C394C61DAA794B735F402C49ECF832DBD824369A14FCC70568D1F39E82ACF84E01C3E80"
                 "1E73DBB55D62A76872ED0261342C161A26"_hex);
    auto store = FileKeyStore::open(path_, pass, random_);
    ASSERT_TRUE(store) << store.error().message;
    EXPECT_EQ(to_text((*store)->owner()), "2144");
    EXPECT_EQ(*(*store)->release(*parse_key_name("DPK.01")), master);
}

TEST_F(KeyFile, KeepsItsKeys) {
    create();
    auto store = *FileKeyStore::open(path_, pass, random_, Access::change);
    EXPECT_EQ(*store->release(*parse_key_name("DPK.01")), master);
    ASSERT_TRUE(store->set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
    store.reset();
    store = *FileKeyStore::open(path_, pass, random_);
    EXPECT_EQ(store->records().front().state, KeyState::destroyed);
    EXPECT_EQ(files(), 1u);
}

TEST_F(KeyFile, IsForItsOwnerAlone) {
    create();
    struct stat status {};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600u);
}

TEST_F(KeyFile, ShowsNothingOfItsContent) {
    create();
    const auto bytes = read(path_);
    const auto kind = pass_phrase("DPK");
    for (const auto secret : {master.bytes().first(4), BytesView(pass), BytesView(kind)})
        EXPECT_FALSE(contains(bytes, secret));
}

TEST_F(KeyFile, HasANewNonceForEachChange) {
    auto store = create();
    const auto before = read(path_);
    ASSERT_TRUE(store->together([] { return Result<void>(); }));
    const auto after = read(path_);
    EXPECT_EQ(before.size(), after.size());
    EXPECT_FALSE(equal(BytesView(before).subspan(35, 12), BytesView(after).subspan(35, 12)));
    EXPECT_TRUE(equal(BytesView(before).first(35), BytesView(after).first(35)));
}

TEST_F(KeyFile, TakesAFreeNameAlone) {
    write(path_, "00"_hex);
    EXPECT_EQ(FileKeyStore::create(path_, {}, pass, random_, quick).error().message,
              path_.string() + ": exists already");
    EXPECT_EQ(read(path_), "00"_hex);
    EXPECT_FALSE(FileKeyStore::create(folder_ / "missing" / "x.keys", {}, pass, random_, quick));
}

TEST_F(KeyFile, CutOffAtAnyLengthIsToldFromAWrongPassPhrase) {
    create();
    const auto whole = read(path_);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        write(path_, BytesView(whole).first(size));
        const auto message = refusal();
        EXPECT_THAT(message, HasSubstr(path_.string() + ": "));
        const auto told = size == 0 ? "is empty" : "is cut off: " + std::to_string(size) + " of";
        EXPECT_THAT(message, HasSubstr(told)) << size;
    }
    write(path_, whole);
    EXPECT_THAT(refusal(pass_phrase("another")), EndsWith("wrong pass phrase, or the file was altered"));
    EXPECT_THAT(refusal({}), EndsWith("wrong pass phrase, or the file was altered"));
}

TEST_F(KeyFile, AlteredInAnyByteIsRefused) {
    create();
    const auto whole = read(path_);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto altered = whole;
        altered[i] ^= static_cast<Byte>(1u << i % 8);
        write(path_, altered);
        const auto message = refusal();
        // The salt begins at 19, the length of the content stands at 47, the content at 51.
        if (i < 8) {
            EXPECT_THAT(message, EndsWith("is no key file")) << i;
        } else if (i >= 47 && i < 51) {
            EXPECT_THAT(message, AnyOf(HasSubstr("is cut off"), HasSubstr("after its end"), HasSubstr("is damaged")))
                << i;
        } else if (i >= 19) {
            EXPECT_THAT(message, EndsWith("wrong pass phrase, or the file was altered")) << i;
        }
    }
    auto longer = whole;
    longer.push_back(0);
    write(path_, longer);
    EXPECT_THAT(refusal(), EndsWith("has 1 bytes after its end"));
}

TEST_F(KeyFile, WillNotStretchBeyondReason) {
    create();
    auto altered = read(path_);
    altered[10] = 0xFF; // memory
    write(path_, altered);
    EXPECT_THAT(refusal(), HasSubstr("is damaged: no file is stretched with"));
}

TEST_F(KeyFile, OtherThingsAreRefused) {
    EXPECT_THAT(refusal(), HasSubstr("cannot be opened: No such file"));
    path_ = folder_;
    EXPECT_THAT(refusal(), HasSubstr("is no regular file"));
    EXPECT_THAT(refusal(pass, Access::change), HasSubstr("cannot be opened for changes"));
    path_ = folder_ / "text";
    write(path_, pass_phrase("just a text that is longer than any header of a key file would ever be"));
    EXPECT_THAT(refusal(), EndsWith("is no key file"));
}

TEST_F(KeyFile, ForReadingTakesNoChange) {
    create();
    const auto before = read(path_);
    auto store = *FileKeyStore::open(path_, pass, random_);
    EXPECT_THAT(store->set_state(*parse_key_name("DPK.01"), KeyState::destroyed).error().message,
                HasSubstr("was opened for reading"));
    EXPECT_TRUE(store->release(*parse_key_name("DPK.01")));
    EXPECT_EQ(read(path_), before);
}

TEST_F(KeyFile, OneProgramAtATimeChangesIt) {
    auto first = create();
    EXPECT_THAT(refusal(pass, Access::change), HasSubstr("another program is changing it"));
    EXPECT_TRUE(FileKeyStore::open(path_, pass, random_)); // reading waits for nobody
    ASSERT_TRUE(first->add(record_of("DLK.01/01"), master));
    EXPECT_THAT(refusal(pass, Access::change), HasSubstr("another program is changing it"));
    first.reset();
    EXPECT_TRUE(FileKeyStore::open(path_, pass, random_, Access::change));
}

TEST_F(KeyFile, AFailedChangeIsForgotten) {
    auto store = create();
    const auto before = read(path_);
    const auto failed = store->together([&]() -> Result<void> {
        TONGKA_CHECK(store->set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
        return fail("no");
    });
    EXPECT_FALSE(failed);
    EXPECT_EQ(read(path_), before);
    EXPECT_TRUE(store->release(*parse_key_name("DPK.01")));
}

TEST_F(KeyFile, AChangeThatCannotBeKeptIsForgotten) {
    auto store = create();
    std::filesystem::create_directory(path_.string() + ".new"); // where the new bytes would go
    const auto failed = store->set_state(*parse_key_name("DPK.01"), KeyState::destroyed);
    ASSERT_FALSE(failed);
    EXPECT_THAT(failed.error().message, HasSubstr("cn.keys: cannot be written: "));
    EXPECT_EQ(*store->release(*parse_key_name("DPK.01")), master);
    std::filesystem::remove(path_.string() + ".new");
    EXPECT_TRUE(store->set_state(*parse_key_name("DPK.01"), KeyState::destroyed));
}

TEST_F(KeyFile, DestructionOverwritesAndRemoves) {
    create();
    const auto kept = folder_ / "second-name"; // shows what is left in the blocks of the file
    std::filesystem::create_hard_link(path_, kept);
    write(path_.string() + ".new", "546F6E67"_hex); // what a crash left behind
    ASSERT_TRUE(destroy_key_file(path_));
    EXPECT_EQ(files(), 1u);
    EXPECT_TRUE(std::ranges::all_of(read(kept), [](Byte byte) { return byte == 0xFF; }));
}

TEST_F(KeyFile, DestructionSparesOtherFiles) {
    write(path_, pass_phrase("my thesis"));
    EXPECT_THAT(destroy_key_file(path_).error().message, EndsWith("is no key file, and stays as it is"));
    EXPECT_EQ(read(path_).size(), 9u);
}

} // namespace
} // namespace tongka::core::test
