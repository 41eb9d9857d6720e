#include <sstream>
#include <type_traits>

#include <gtest/gtest.h>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/crypto/padding.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"

namespace tongka::core {
namespace {

const Key des_key = Key::create(Algorithm::des, "9B1D924E05595603"_hex).value();
const Key triple_des_key = Key::create(Algorithm::triple_des, "11223344556677888877665544332211"_hex).value();
const Key sm4_key = Key::create(Algorithm::sm4, "0123456789ABCDEFFEDCBA9876543210"_hex).value();

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
    out << value;
};
static_assert(!Printable<Key> && !Printable<Cipher>);
static_assert(std::is_nothrow_move_constructible_v<Cipher> && !std::is_copy_constructible_v<Cipher>);

TEST(Algorithm, NamesAndIdentifiersGoBothWays) {
    for (auto algorithm : {Algorithm::triple_des, Algorithm::des, Algorithm::sm4}) {
        EXPECT_EQ(parse_algorithm(name(algorithm)).value(), algorithm);
        EXPECT_EQ(algorithm_of(static_cast<Byte>(algorithm)), algorithm);
    }
    EXPECT_FALSE(parse_algorithm("3DES"));
    EXPECT_FALSE(algorithm_of(0x02));
}

TEST(Key, HasTheLengthOfItsAlgorithmAndErrorsDoNotShowIt) {
    EXPECT_FALSE(Key::create(Algorithm::des, "00112233445566778899AABBCCDDEEFF"_hex));
    EXPECT_FALSE(Key::create(Algorithm::sm4, {}));
    const auto short_key = Key::create(Algorithm::triple_des, "C0FFEEC0FFEEC0FF"_hex);
    ASSERT_FALSE(short_key);
    EXPECT_EQ(short_key.error().message, "a key for 3des has 16 bytes, not 8");
}

TEST(Key, IsEqualByAlgorithmAndBytes) {
    EXPECT_EQ(des_key, Key::create(Algorithm::des, des_key.bytes()).value());
    EXPECT_NE(sm4_key, Key::create(Algorithm::triple_des, sm4_key.bytes()).value());
    EXPECT_NE(des_key, Key::create(Algorithm::des, "9B1D924E05595602"_hex).value());
}

TEST(Cipher, TakesWholeBlocksAlone) {
    const Cipher cipher(sm4_key);
    Bytes block(16), half(8);
    EXPECT_THROW(cipher.encrypt(half, half), std::invalid_argument);
    EXPECT_THROW(cipher.decrypt(block, half), std::invalid_argument);
    EXPECT_NO_THROW(cipher.encrypt({}, {}));
}

TEST(Cipher, TakesAnotherKeyInPlaceOfAnyAlgorithm) {
    const auto data = "00000001"_hex;
    Cipher cipher(des_key);
    for (const auto& key : {triple_des_key, sm4_key, des_key, triple_des_key}) {
        cipher.set_key(key);
        EXPECT_EQ(transaction_mac(cipher, data), transaction_mac(key, data));
    }
}

TEST(Mac, IsTheSameHoweverTheDataIsCut) {
    const auto data = "00000000000010000100112233445500000000000010000100112233445566"_hex;
    for (const auto& key : {des_key, triple_des_key, sm4_key}) {
        const Cipher cipher(key);
        const Mac whole = transaction_mac(cipher, data);
        for (std::size_t cut = 0; cut <= data.size(); ++cut) {
            const BytesView view = data;
            EXPECT_EQ(transaction_mac(cipher, {view.first(cut), view.subspan(cut)}), whole) << cut;
        }
    }
}

TEST(Mac, ChallengeIsFourOrEightBytes) {
    const auto header = "841E000004"_hex;
    EXPECT_EQ(secure_messaging_mac(triple_des_key, "5D72B3FD"_hex, header),
              secure_messaging_mac(triple_des_key, "5D72B3FD00000000"_hex, header));
    EXPECT_THROW((void)secure_messaging_mac(triple_des_key, "5D72B3"_hex, header), std::invalid_argument);
    EXPECT_THROW((void)external_authentication(triple_des_key, "5D72B3FD00"_hex), std::invalid_argument);
}

TEST(Mac, ComparesAllFourBytes) {
    const Mac mac{1, 2, 3, 4};
    EXPECT_TRUE(mac_equals(mac, "01020304"_hex));
    EXPECT_FALSE(mac_equals(mac, "01020305"_hex));
    EXPECT_FALSE(mac_equals(mac, "010203"_hex));
    EXPECT_FALSE(mac_equals(mac, "0102030400"_hex));
}

TEST(Padding, AlwaysAddsAByteAndComesOffAgain) {
    EXPECT_EQ(pad({}, 8), "8000000000000000"_hex);
    EXPECT_EQ(pad("0102030405060708"_hex, 8), "01020304050607088000000000000000"_hex);
    EXPECT_EQ(pad("01020304050607"_hex, 8), "0102030405060780"_hex);
    for (std::size_t size = 0; size <= 33; ++size) {
        const Bytes data(size, 0x80);
        for (std::size_t block : {8, 16})
            EXPECT_TRUE(equal(unpad(pad(data, block), block).value(), data)) << size;
    }
    for (const auto& wrong : {""_hex, "80000000000000"_hex, "0000000000000000"_hex, "0102030405060708"_hex,
                              "80000000000000000000000000000000"_hex})
        EXPECT_FALSE(unpad(wrong, 8)) << to_hex(wrong);
}

TEST(SecureMessaging, RefusesWhatDoesNotDecipher) {
    const auto cryptogram = secure_messaging_encrypt(triple_des_key, "123456"_hex).value();
    EXPECT_EQ(secure_messaging_decrypt(triple_des_key, cryptogram).value(), "123456"_hex);
    EXPECT_FALSE(secure_messaging_decrypt(des_key, cryptogram));
    EXPECT_FALSE(secure_messaging_decrypt(triple_des_key, {}));
    EXPECT_FALSE(secure_messaging_decrypt(triple_des_key, BytesView(cryptogram).first(7)));
    for (const auto& plain :
         {"0212340000000000"_hex, "0312348000000000"_hex, "0112348000000000"_hex, "FF12348000000000"_hex}) {
        Bytes misfit(plain.size());
        Cipher(triple_des_key).encrypt(plain, misfit);
        EXPECT_FALSE(secure_messaging_decrypt(triple_des_key, misfit)) << to_hex(plain);
    }
    EXPECT_FALSE(secure_messaging_encrypt(triple_des_key, Bytes(256)));
    EXPECT_EQ(secure_messaging_encrypt(triple_des_key, Bytes(255)).value().size(), 256U);
}

TEST(Sha256, IsTheSameInPiecesAndReadyForTheNext) {
    Sha256 hash;
    for (int round = 0; round < 2; ++round) {
        hash.update("61"_hex);
        hash.update("6263"_hex);
        EXPECT_EQ(hash.finish(), sha256("616263"_hex));
    }
}

} // namespace
} // namespace tongka::core
