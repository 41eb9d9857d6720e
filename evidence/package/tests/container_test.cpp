#include <sstream>

#include <gmock/gmock.h>

#include "evidence/package/container.hpp"

namespace tongka::evidence {
namespace {

using testing::HasSubstr;

core::BytesView view(const std::string& text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

std::string container_of(const std::vector<std::pair<std::string, std::string>>& files) {
    std::ostringstream out;
    ContainerWriter writer(out);
    for (const auto& [name, content] : files)
        EXPECT_TRUE(writer.add(name, view(content)));
    writer.finish();
    return out.str();
}

TEST(Container, GivesBackWhatWasPutIn) {
    const std::string deep = std::string(90, 'd') + "/" + std::string(90, 'n');
    const auto text = container_of({{"a", ""}, {"b/c", std::string(512, 'x')}, {"b/d", "1"}, {deep, "deep"}});
    EXPECT_EQ(text.size() % 512, 0U);
    const auto entries = read_container(view(text));
    ASSERT_TRUE(entries) << entries.error().message;
    ASSERT_EQ(entries->size(), 4U);
    EXPECT_EQ((*entries)[1].name, "b/c");
    EXPECT_EQ((*entries)[1].content.size(), 512U);
    EXPECT_EQ((*entries)[3].name, deep);
}

TEST(Container, TakesNoNamesThatLeadOutOrComeTwice) {
    for (const auto* name : {"", "/a", "../a", "a/../b", "a//b", "./a", "a/"}) {
        std::ostringstream out;
        EXPECT_FALSE(ContainerWriter(out).add(name, {})) << name;
    }
    std::ostringstream out;
    ContainerWriter writer(out);
    ASSERT_TRUE(writer.add("b", {}));
    EXPECT_FALSE(writer.add("b", {}));
    EXPECT_FALSE(writer.add("a", {}));
    EXPECT_FALSE(writer.add("c" + std::string(300, 'c'), {}));
}

TEST(Container, HasOneFormAlone) {
    const auto right = container_of({{"a", "first"}, {"b", "second"}});
    for (std::size_t i = 0; i < right.size(); ++i) {
        if (i >= 512 && i < 517)
            continue; // content, which the manifest vouches for
        if (i >= 1536 && i < 1542)
            continue;
        auto wrong = right;
        wrong[i] = static_cast<char>(wrong[i] ^ 0x10);
        EXPECT_FALSE(read_container(view(wrong))) << i;
    }
    EXPECT_THAT(read_container(view(right + std::string(512, '\0'))).error().message, HasSubstr("b"));
    EXPECT_FALSE(read_container(view(right.substr(0, right.size() - 1))));
    EXPECT_FALSE(read_container(view("")));
    EXPECT_FALSE(read_container(view(container_of({{"b", "second"}}).substr(0, 1024) + right)));
}

} // namespace
} // namespace tongka::evidence
