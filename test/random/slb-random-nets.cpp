#include "RandomNetwork.h"
#include <cstdio>
#include <cstdlib>
int main(int argc, char **argv) {
  (void)argc;
  for (int i = atoi(argv[1]); i < atoi(argv[2]); ++i) {
    slb::RandomNetwork net(i);
    std::string error;
    std::string path = std::string(argv[3]) + "/n" + std::to_string(i) + ".mlir";
    bool ok = net.write(path, error);
    printf("%d %s %s%s\n", i, net.getDescription().c_str(), ok ? "" : "FAILED ", error.c_str());
  }
}
