#include <gtest/gtest.h>

#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::simulator {
namespace {

using namespace std::chrono_literals;

TEST(Address, IsHostAndPort) {
    auto plain = parse_address("127.0.0.1:35963");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host, "127.0.0.1");
    EXPECT_EQ(plain->port, 35963);
    auto hexadecimal = parse_address("localhost:0x8C7B");
    ASSERT_TRUE(hexadecimal);
    EXPECT_EQ(hexadecimal->port, 35963);
}

TEST(Address, OfAnotherFormIsRefused) {
    for (auto text :
         {"", "localhost", ":35963", "localhost:", "localhost:0", "localhost:70000", "localhost:12x", "a:-1"})
        EXPECT_FALSE(parse_address(text)) << text;
}

TEST(Connecting, WhereNobodyListensSaysSo) {
    auto free_port = [] { return listen_on_loopback(0)->port; }();
    auto connection = connect_to({"127.0.0.1", free_port}, 1s);
    ASSERT_FALSE(connection);
    EXPECT_NE(connection.error().message.find("Connection refused"), std::string::npos) << connection.error().message;
}

TEST(Accepting, WaitsNoLongerThanItsBudget) {
    auto listener = listen_on_loopback(0);
    ASSERT_TRUE(listener);
    EXPECT_FALSE(accept_from(*listener, 1ms));
}

} // namespace
} // namespace tongka::simulator
