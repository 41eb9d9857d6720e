#include "simulator/card/tests/blank_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

/// WRITE KEY in clear, with a MAC, and enciphered with a MAC under the master control key (standards.md 3.5, 4.1, 9 row
/// 20). An internal authentication shows which key stands in the card.
class WriteKeyTest : public BlankCardTest {
protected:
    void SetUp() override { prepare(); }
    void prepare() {
        create_master_file();
        EXPECT_EQ(add_key("00", "39F0F0AA33", master.hex), "9000");
    }
    enum class Form { plain, mac, cipher };
    /// P1 P2, header and value as one text.
    std::string write(const std::string& place, const std::string& key, Form form) {
        if (form == Form::plain)
            return exchange("80D4" + place + size_of(key) + key);
        return send_sealed("84D4" + place, form == Form::cipher ? by_hand::sealed(master, key) : key, master);
    }
    void expect_key(const std::string& id, const HandKey& key) {
        const std::string data = "0102030405060708";
        EXPECT_EQ(exchange("008800" + id + "08" + data),
                  core::to_hex(by_hand::encipher(key, by_hand::bytes(data))) + "9000");
    }
    const HandKey master{"C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF"};
    const HandKey first{"00112233445566778899AABBCCDDEEFF"};
    const HandKey second{repeated("5B", 16)};
    const std::string head = "30F0F00001";
};

TEST_F(WriteKeyTest, TheFormsGoByTheRule) {
    for (const std::string choice : {"all", "no-plain-mac", "no-cipher-mac"}) {
        renew_with("write-key-forms", choice.c_str());
        prepare();
        EXPECT_EQ(write("0101", head + first.hex, Form::plain), "9000");
        expect_key("01", first);
        EXPECT_EQ(write("0102", head + first.hex, Form::mac), choice == "no-plain-mac" ? "6982" : "9000");
        EXPECT_EQ(write("0103", head + first.hex, Form::cipher), choice == "no-cipher-mac" ? "6982" : "9000");
        for (const auto& [id, refused_by] : {std::pair("02", "no-plain-mac"), std::pair("03", "no-cipher-mac")})
            if (choice == refused_by)
                EXPECT_EQ(exchange("008800" + std::string(id) + "08" + repeated("11", 8)), "6A88") << "not written";
            else
                expect_key(id, first);
        EXPECT_EQ(write("3001", head + second.hex, Form::plain), "9000") << "over the old one";
        expect_key("01", second);
    }
}

TEST_F(WriteKeyTest, KeysOfEightBytesTakeTheFormsToo) {
    const HandKey single{"1122334455667788"};
    EXPECT_EQ(write("0101", head + single.hex, Form::plain), "9000");
    EXPECT_EQ(write("0102", head + single.hex, Form::mac), "9000");
    EXPECT_EQ(write("0103", head + single.hex, Form::cipher), "9000");
    for (const std::string id : {"01", "02", "03"})
        expect_key(id, single);
}

TEST_F(WriteKeyTest, AKeySaysHowItMayBeWrittenOver) {
    for (const auto& [type, least] :
         {std::pair("30", Form::plain), std::pair("B0", Form::mac), std::pair("F0", Form::cipher)}) {
        renew();
        prepare();
        const auto header = type + head.substr(2);
        EXPECT_EQ(write("0101", header + first.hex, Form::plain), "9000") << "the bits are of writing over";
        for (const Form form : {Form::plain, Form::mac, Form::cipher}) {
            const bool enough = form >= least;
            EXPECT_EQ(write("3001", header + second.hex, form), enough ? "9000" : "6982") << type;
            expect_key("01", enough ? second : first);
            EXPECT_EQ(write("3001", header + first.hex, Form::cipher), "9000");
        }
        EXPECT_EQ(write("3001", head + second.hex, Form::cipher), "9000");
        EXPECT_EQ(write("3001", head + first.hex, Form::plain), "9000") << "the new header asks for nothing";
    }
}

TEST_F(WriteKeyTest, AWrongMacCostsTheMasterKeyATry) {
    const auto wrong = [&](const std::string& data) {
        challenge("A1B2C3D4");
        auto command = by_hand::bytes(sealed_command("84D40101", data, master, "A1B2C3D4"));
        command.back() ^= 1;
        return exchange(core::to_hex(command));
    };
    EXPECT_EQ(exchange(sealed_command("84D40101", head + first.hex, master, "A1B2C3D4")), "6984") << "no challenge";
    EXPECT_EQ(wrong(head + first.hex), "9302");
    EXPECT_EQ(wrong(by_hand::sealed(master, head + first.hex)), "9302");
    EXPECT_EQ(exchange("0088000108" + repeated("11", 8)), "6A88") << "nothing was written";
    EXPECT_EQ(write("0101", head + first.hex, Form::mac), "9000") << "gives the tries back";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(wrong(head + first.hex), "9302");
    EXPECT_EQ(write("0102", head + first.hex, Form::mac), "6983");
    EXPECT_EQ(write("0102", head + first.hex, Form::cipher), "6983");
    challenge("A1B2C3D4");
    EXPECT_EQ(exchange("0082000008" + by_hand::authentication(master, "A1B2C3D4")), "6983");
}

TEST_F(WriteKeyTest, DataThatIsNoKeyIsRefused) {
    EXPECT_EQ(write("0101", head + first.hex, Form::plain), "9000");
    for (const Form form : {Form::plain, Form::mac, Form::cipher})
        EXPECT_EQ(write("0101", head + second.hex, form), "6A80") << "it stands there";
    for (const auto& value : {std::string(), repeated("11", 7), repeated("11", 9), repeated("11", 24)})
        EXPECT_EQ(write("0102", head + value, Form::plain), "6A80") << value;
    EXPECT_EQ(write("0102", head + repeated("11", 9), Form::cipher), "6A80");
    EXPECT_EQ(write("3001", "31F0F00001" + second.hex, Form::plain), "6A80") << "another type";
    EXPECT_EQ(write("3001", head + repeated("11", 8), Form::plain), "6A80") << "another length";
    for (const std::string tries : {"30", "34", "00"})
        EXPECT_EQ(write("0105", "36F0F0FF" + tries + first.hex, Form::plain), "6A80")
            << "no try left, or more than there are";
    EXPECT_EQ(send_sealed("84D40102", repeated("5A", 16), master), "6988") << "a right MAC over no cryptogram";
    expect_key("01", first);
}

TEST_F(WriteKeyTest, KeysThatAreNotThereAndPlacesThatAreFull) {
    EXPECT_EQ(write("3007", head + first.hex, Form::plain), "6A88");
    EXPECT_EQ(write("3107", "31F0F00001" + first.hex, Form::cipher), "6A88");
    done("80E03F011138036FF0F095FFFFA00000000386980701");
    done("00A4040009A00000000386980701");
    EXPECT_EQ(write("0101", head + first.hex, Form::plain), "6A82") << "no key file";
    done("80E00000073F003295F0FFFF"); // 50 bytes: two keys of 8 + 16
    EXPECT_EQ(write("0101", head + first.hex, Form::mac), "6A88") << "the master key of the MF is not this one's";
    EXPECT_EQ(write("0101", head + first.hex, Form::plain), "9000");
    EXPECT_EQ(write("0102", head + first.hex, Form::plain), "9000");
    EXPECT_EQ(write("0103", head + first.hex, Form::plain), "6A84");
    EXPECT_EQ(write("3002", head + second.hex, Form::plain), "9000") << "writing over needs no space";
    expect_key("02", second);
}

TEST_F(WriteKeyTest, AddingAndChangingHaveRightsOfTheirOwn) {
    done("80E03F011138036FF0F095FFFFA00000000386980701");
    done("00A4040009A00000000386980701");
    done("80E00000073F010095F2FFFF"); // adding asks for state 2
    EXPECT_EQ(write("0101", head + first.hex, Form::plain), "6982") << "the MF has its master key: all rights count";
    EXPECT_EQ(exchange("0084000004").size(), 12U);
    done("00A40000023F00");
    renew();
    create_master_file();
    done("80E03F011138036FF0F095FFFFA00000000386980701");
    done("00A4040009A00000000386980701");
    done("80E00000073F010095F2FFFF");
    EXPECT_EQ(write("0101", "30F0F30001" + first.hex, Form::plain), "9000") << "no master key yet: all is open";
    EXPECT_EQ(write("0102", "39F0F02233" + second.hex, Form::plain), "9000");
    EXPECT_EQ(write("0103", "39F0F03333" + second.hex, Form::plain), "9000");
    EXPECT_EQ(write("0100", "39F0F0AA33" + master.hex, Form::plain), "9000");
    EXPECT_EQ(write("0104", head + first.hex, Form::plain), "6982");
    EXPECT_EQ(write("3001", head + second.hex, Form::cipher), "6982") << "asks for state 3";
    const auto authenticate = [&](const std::string& id) {
        challenge("A1B2C3D4");
        EXPECT_EQ(exchange("008200" + id + "08" + by_hand::authentication(second, "A1B2C3D4")), "9000");
    };
    authenticate("02");
    EXPECT_EQ(write("0104", head + first.hex, Form::plain), "9000");
    EXPECT_EQ(write("3001", head + second.hex, Form::plain), "6982");
    authenticate("03");
    EXPECT_EQ(write("3001", head + second.hex, Form::plain), "9000");
    expect_key("01", second);
}

} // namespace
} // namespace tongka::simulator
