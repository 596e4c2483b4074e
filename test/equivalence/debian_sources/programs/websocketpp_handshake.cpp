// a client and a server of websocketpp --> joined by strings in memory: handshake, messages both ways, and the close
#include <websocketpp/client.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/config/core_client.hpp>
#include <websocketpp/server.hpp>

#include <iostream>
#include <sstream>
#include <string>

using Server = websocketpp::server<websocketpp::config::core>;
using Client = websocketpp::client<websocketpp::config::core_client>;

int main() {
  std::stringstream to_client;
  std::stringstream to_server;
  std::stringstream log;

  Server server;
  server.clear_access_channels(websocketpp::log::alevel::all);
  server.register_ostream(&to_client);
  server.set_message_handler([&](websocketpp::connection_hdl connection, Server::message_ptr message) {
    std::cout << "server got: " << message->get_payload() << "\n";
    server.send(connection, "echo of " + message->get_payload(), message->get_opcode());
  });
  server.set_close_handler([](websocketpp::connection_hdl) { std::cout << "server closed\n"; });
  Server::connection_ptr served = server.get_connection();

  Client client;
  client.clear_access_channels(websocketpp::log::alevel::all);
  client.register_ostream(&to_server);
  client.set_open_handler([&](websocketpp::connection_hdl connection) {
    std::cout << "client is open\n";
    client.send(connection, std::string("hello"), websocketpp::frame::opcode::text);
  });
  client.set_message_handler([&](websocketpp::connection_hdl connection, Client::message_ptr message) {
    std::cout << "client got: " << message->get_payload() << "\n";
    client.close(connection, websocketpp::close::status::normal, "done");
  });
  client.set_close_handler([](websocketpp::connection_hdl) { std::cout << "client closed\n"; });
  websocketpp::lib::error_code error;
  Client::connection_ptr connection = client.get_connection("ws://localhost:9000/chat", error);

  served->start();
  client.connect(connection);
  for (int turns = 0; turns < 20; ++turns) {
    const std::string request = to_server.str();
    to_server.str("");
    served->read_all(request.data(), request.size());
    const std::string response = to_client.str();
    to_client.str("");
    connection->read_all(response.data(), response.size());
  }
  std::cout << served->get_remote_close_reason() << " " << served->get_resource() << "\n";
}
