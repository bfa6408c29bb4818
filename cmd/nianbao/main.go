// Command nianbao reads annual reports on government information disclosure
// (政府信息公开工作年度报告), checks them and keeps the originals.
package main

import "fmt"

func main() { fmt.Println("nianbao") }
