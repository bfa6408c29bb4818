package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"nianbao/api"
)

// newHealth asks a running service whether it is ready: the health check of a
// container that has no shell and no curl.
func newHealth() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "health",
		Short: "询问本机服务是否就绪（容器健康检查用）",
		Args:  arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			host, port, err := net.SplitHostPort(listen)
			if err != nil {
				return err
			}
			if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
				host = "127.0.0.1"
			}
			client := http.Client{Timeout: 4 * time.Second}
			req, err := http.NewRequestWithContext(cmd.Context(), http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/readyz", nil)
			if err != nil {
				return err
			}
			resp, err := client.Do(req)
			if err == nil {
				if resp.StatusCode != http.StatusOK {
					err = unready(resp)
				}
				_ = resp.Body.Close()
			}
			if err != nil {
				fmt.Fprintln(cmd.ErrOrStderr(), "nianbao:", err)
				return exitFailed
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "服务的监听地址")
	return cmd
}

// unready says what a service answers that is not ready.
func unready(resp *http.Response) error {
	var p api.Problem
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxProblem)).Decode(&p); err != nil || p.Detail == "" {
		return fmt.Errorf("服务未就绪：%s", resp.Status)
	}
	return fmt.Errorf("服务未就绪：%s", p.Detail)
}

// maxProblem bounds what is read of an answer, in bytes.
const maxProblem = 64 << 10
