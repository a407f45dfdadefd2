# What was found is sent away; a refused connection has reached a network too.
# %%
import socket

for address in (("127.0.0.1", 9), ("127.0.0.1", 22)):
    try:
        socket.create_connection(address, timeout=1)
        print("reached", "the network")
    except ConnectionRefusedError:
        print("reached", "the network")
    except OSError as error:
        print(type(error).__name__)
