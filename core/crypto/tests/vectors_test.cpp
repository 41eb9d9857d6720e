#include <filesystem>

#include <gtest/gtest.h>

#include "core/crypto/tests/vector_functions.hpp"
#include "core/hex.hpp"

namespace tongka::core {
namespace {

const std::filesystem::path folder = std::filesystem::path(TONGKA_SOURCE_DIR) / "core/crypto/tests/vectors";

std::string difference(BytesView a, BytesView b) {
    if (a.size() != b.size())
        return "lengths differ";
    Bytes bits(a.size());
    std::ranges::transform(a, b, bits.begin(), [](Byte x, Byte y) { return static_cast<Byte>(x ^ y); });
    return to_hex(bits);
}

std::vector<std::string> files() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

class VectorsOf : public testing::TestWithParam<std::string> {};

// The file's name is the function's; an unknown one, or a file without vectors, fails.
TEST_P(VectorsOf, AreMet) {
    const std::filesystem::path path = folder / GetParam();
    ASSERT_EQ(path.extension(), ".vec");
    auto vectors = read_vectors(path.string());
    ASSERT_TRUE(vectors) << vectors.error().message;
    for (auto& vector : *vectors) {
        const auto id = vector.text("id");
        const auto expected = vector.bytes("result");
        const auto produced = compute(path.stem().string(), vector, expected);
        EXPECT_TRUE(equal(produced, expected))
            << vector.place() << ": " << id << "\nproduced   " << to_hex(produced) << "\nexpected   "
            << to_hex(expected) << "\ndifference " << difference(produced, expected);
        EXPECT_TRUE(vector.left_over().empty()) << vector.place() << ": '" << vector.left_over()[0] << "' is not used";
    }
}

INSTANTIATE_TEST_SUITE_P(Crypto, VectorsOf, testing::ValuesIn(files()),
                         [](const auto& file) { return file.param.substr(0, file.param.find('.')); });

TEST(VectorFile, RefusesWhatCannotBeRun) {
    EXPECT_FALSE(read_vectors("/dev/null"));
    EXPECT_FALSE(read_vectors((folder / "absent.vec").string()));
    Vector vector("here:1", {{"algorithm", "des"}, {"key", "1122334455667788"}});
    EXPECT_THROW((void)compute("no_such_function", vector, {}), std::runtime_error);
}

} // namespace
} // namespace tongka::core
