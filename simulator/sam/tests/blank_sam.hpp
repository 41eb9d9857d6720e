#pragma once

#include "simulator/sam/tests/sam_fixture.hpp"

namespace tongka::simulator {

/// A blank PSAM, personalised command by command.
class BlankSamTest : public SamTest {
protected:
    BlankSamTest() { insert_psam({}, Issue::blank); }

    void create_directories() {
        done("80E03F000D38FFFFAAAA00FFFFFFFFFFFFFF");
        done("80E010010E38FFFFAAAA00FFFFBDA8C9E8B2BF");
        done(select_application);
    }
    /// Key file of so many bytes, in the current directory.
    void create_key_file(const std::string& size = "0200") { done("80E00000073F" + size + "01AAFFFF"); }
    /// A transparent file with its size, rights and protection.
    void create_file(const std::string& id, const std::string& description) { done("80E0" + id + "07" + description); }

    std::string write_plain(const std::string& id, const std::string& key) {
        return exchange("80D400" + id + with_length(key));
    }
    /// Both directories, the application's key file, and its master control key, with which one is logged in.
    void prepare(const by_hand::HandKey& control = sam_keys::control, const std::string& key_file = "0200") {
        create_directories();
        create_key_file(key_file);
        EXPECT_EQ(write_plain("00", "000000" + control.hex), "9000");
        EXPECT_EQ(authenticate("00", control), "9000");
    }
    /// What DES CRYPT enciphers with the key for both of one level shows which key stands there.
    std::string shown(const std::string& id) {
        const auto answer = derive("28" + id, "1122334455667788");
        return answer == "9000" ? crypt("00", "0102030405060708") : answer;
    }
    static std::string showing(const by_hand::HandKey& key) {
        return by_hand::enciphered(by_hand::diversified(key, {"1122334455667788"}), "0102030405060708") + "9000";
    }
};

} // namespace tongka::simulator
